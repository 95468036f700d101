#!/usr/bin/env python3
"""Makes data/romanisation-coarse.tsv: Indic scripts, Ethiopic and Tifinagh from the names of Unicode's characters.

    tools/coarse_tables.py data/romanisation-coarse.tsv

The names of these blocks are systematic ("DEVANAGARI LETTER KHA", "ETHIOPIC SYLLABLE MEE"), so that one small table of
sounds serves all of them. Run by hand when Unicode adds letters, never by the build.
"""
import sys
import unicodedata

INDIC = [("devanagari", 0x0900), ("bengali", 0x0980), ("gurmukhi", 0x0A00), ("gujarati", 0x0A80), ("oriya", 0x0B00),
         ("tamil", 0x0B80), ("telugu", 0x0C00), ("kannada", 0x0C80), ("malayalam", 0x0D00)]

CONSONANTS = dict(pair.split("=") for pair in (
    "KA=k KHA=kh GA=g GHA=gh NGA=ng CA=ch CHA=chh JA=j JHA=jh NYA=n TTA=t TTHA=th DDA=d DDHA=dh NNA=n TA=t THA=th DA=d "
    "DHA=dh NA=n NNNA=n PA=p PHA=ph BA=b BHA=bh MA=m YA=y RA=r RRA=r LA=l LLA=l LLLA=zh VA=v WA=w SHA=sh SSA=sh SA=s "
    "HA=h QA=q KHHA=kh GHHA=gh ZA=z DDDHA=r RHA=rh FA=f YYA=y ZHA=zh").split())
VOWELS = dict(pair.split("=") for pair in (
    "A=a AA=a I=i II=i U=u UU=u E=e EE=e AI=ai O=o OO=o AU=au VOCALIC_R=ri VOCALIC_RR=ri VOCALIC_L=li VOCALIC_LL=li "
    "CANDRA_E=e CANDRA_O=o SHORT_E=e SHORT_O=o SHORT_A=a CANDRA_A=a OE=o OOE=o AW=au UE=u UUE=u").split())
# what the names of characters do not tell
BY_SCRIPT = {
    "devanagari": "क़=q ख़=kh ग़=gh ज़=z ड़=r ढ़=rh फ़=f य़=y ज्ञ=gy",
    "bengali": "ড়=r ঢ়=rh য়=y ৎ=t ক্ষ=kkh",
    "gurmukhi": "ਖ਼=kh ਗ਼=gh ਜ਼=z ਫ਼=f ਲ਼=l ਸ਼=sh",
    "gujarati": "જ્ઞ=gn",
    "oriya": "ଡ଼=r ଢ଼=rh",
    "malayalam": "ൺ=n ൻ=n ർ=r ൽ=l ൾ=l ൿ=k ഴ=zh",
}
# signs that leave the unwritten vowel before them where it is
SIGNS = {"CANDRABINDU": "n", "ANUSVARA": "n", "VISARGA": "h", "BINDI": "n", "TIPPI": "n", "ADAK BINDI": "n",
         "ADDAK": "", "AVAGRAHA": ""}

# the seven orders of the syllabary, as names of people are usually written in English
ETHIOPIC_ORDERS = [("WAA", "wa"), ("WEE", "we"), ("WE", "w"), ("WI", "wi"), ("WA", "wa"), ("AA", "a"), ("EE", "e"),
                   ("OA", "wa"), ("A", "e"), ("U", "u"), ("I", "i"), ("E", ""), ("O", "o")]
ETHIOPIC_CONSONANTS = dict(pair.split("=") for pair in (
    "H=h L=l HH=h M=m SZ=s R=r S=s SH=sh Q=k QH=k B=b V=v T=t C=ch X=h N=n NY=ny GLOTTAL_=a K=k KX=kh W=w PHARYNGEAL_=a "
    "Z=z ZH=zh Y=y D=d DD=d J=j G=g GG=g TH=t CH=ch PH=p TS=ts TZ=ts F=f P=p").split())
TIFINAGH = dict(pair.split("=") for pair in (
    "YA=a YAB=b YABH=b YAG=g YAGHH=gh YADJ=j YAD=d YADH=d YADD=d YADDH=d YEY=e YAF=f YAK=k YAKHH=kh YAH=h YAHH=h YAA=a "
    "YAKH=kh YAQ=q YI=i YAZH=j YAL=l YAM=m YAN=n YU=u YAP=p YAR=r YARR=r YAGH=gh YAS=s YASS=s YASH=ch YAT=t YATH=t "
    "YACH=ch YATT=t YAV=v YAW=w YAY=y YAZ=z YAZZ=z YE=e YO=o").split())


def indic(script, start):
    rows = {"consonant": [], "letter": [], "sign": []}
    for code in range(start, start + 0x80):
        name = unicodedata.name(chr(code), "").replace(script.upper() + " ", "", 1)
        if name.startswith("LETTER ") and name[7:] in CONSONANTS:
            rows["consonant"].append(chr(code) + "=" + CONSONANTS[name[7:]])
        elif name.startswith("LETTER ") and name[7:].replace(" ", "_") in VOWELS:
            rows["letter"].append(chr(code) + "=" + VOWELS[name[7:].replace(" ", "_")])
        elif name.startswith("VOWEL SIGN ") and name[11:].replace(" ", "_") in VOWELS:
            rows["sign"].append(chr(code) + "=" + VOWELS[name[11:].replace(" ", "_")])
        elif name == "SIGN VIRAMA":
            rows["sign"].append(chr(code) + "=")
        elif name.replace("SIGN ", "") in SIGNS:
            rows["letter"].append(chr(code) + "=" + SIGNS[name.replace("SIGN ", "")])
    if script in BY_SCRIPT:
        rows["consonant"].append(BY_SCRIPT[script])
    for kind, pairs in rows.items():
        yield f"{script}\t{kind}\t{' '.join(pairs)}\n"


def ethiopic_syllable(consonant, order, vowel):
    """Gutturals have a in the first order, and vowel carriers e in the sixth."""
    if consonant in "ah" and order == "A":
        vowel = "a"
    if consonant == "a":
        return vowel or "e"
    return consonant + vowel


def ethiopic():
    pairs = []
    for code in range(0x1200, 0x1380):
        name = unicodedata.name(chr(code), "")
        if not name.startswith("ETHIOPIC SYLLABLE "):
            continue
        syllable = name[18:].replace("GLOTTAL ", "GLOTTAL_").replace("PHARYNGEAL ", "PHARYNGEAL_")
        for order, vowel in ETHIOPIC_ORDERS:
            consonant = ETHIOPIC_CONSONANTS.get(syllable[:-len(order)]) if syllable.endswith(order) else None
            if consonant is not None:
                pairs.append(chr(code) + "=" + ethiopic_syllable(consonant, order, vowel))
                break
    yield f"ethiopic\tletter\t{' '.join(pairs)}\n"


def tifinagh():
    pairs = []
    for code in range(0x2D30, 0x2D68):
        name = unicodedata.name(chr(code), "").replace("TIFINAGH LETTER ", "").split(" ")[-1]
        if name in TIFINAGH:
            pairs.append(chr(code) + "=" + TIFINAGH[name])
    yield f"tifinagh\tletter\t{' '.join(pairs)} ⵯ=w\n"


def main(path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Coarse romanisation of further scripts; fields as in romanisation.tsv.\n"
                  f"# From the character names of Unicode {unicodedata.unidata_version} by tools/coarse_tables.py.\n")
        for script, start in INDIC:
            out.writelines(indic(script, start))
        out.writelines(ethiopic())
        out.writelines(tifinagh())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: coarse_tables.py FILE")
    main(sys.argv[1])
