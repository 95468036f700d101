#include "invent.h"

#include <stdio.h>
#include <string.h>

uint32_t chance(inventor *from, uint32_t below) {
    from->state ^= from->state << 13;
    from->state ^= from->state >> 7;
    from->state ^= from->state << 17;
    return (uint32_t)(from->state >> 33) % below;
}

#define OF(table) table[chance(from, sizeof(table) / sizeof *(table))]

static const char *const latin[] = {"ba",  "ka",  "ra", "mu",  "ham", "sa",  "lim", "do",  "vi",  "cho",
                                    "oun", "el",  "ni", "yas", "gho", "zar", "pe",  "tu",  "shi", "an",
                                    "kha", "fer", "ji", "or",  "tha", "we",  "bil", "dud", "qi",  "gib"};
static const char *const arabic[] = {"مح", "عبد", "سال", "خال", "يو", "ناد", "رش", "كري", "طا", "هد", "فؤ", "جما"};
static const char *const cyrillic[] = {"вла", "ди", "мир", "ни", "ко", "лай", "жен", "ов", "ская", "щер", "ба", "юл"};
static const char *const han[] = {"王", "李", "明", "华", "建", "国", "志", "强", "文", "海"};
static const char *const greek[] = {"κα", "ρα", "δη", "μο", "που", "λος", "στε", "φα", "νη", "βου", "θεο", "γι"};
static const char *const hebrew[] = {"יע", "קב", "שמ", "לו", "זב", "מש", "ה", "בן", "דו", "רא", "כהן", "לוי"};

void invent_word(inventor *from, char *out, size_t size) {
    uint32_t script = chance(from, 8), syllables = script == 3 ? 1 + chance(from, 2) : 2 + chance(from, 3);
    out[0] = '\0';
    for (uint32_t i = 0; i < syllables; i++) {
        const char *part = script == 1 ? OF(arabic) : script == 2 ? OF(cyrillic) : script == 3 ? OF(han) : OF(latin);
        (void)snprintf(out + strlen(out), size - strlen(out), "%s", part);
    }
}

void invent_name(inventor *from, char *out, size_t size, int organisation) {
    static const char *const before[] = {"al-", "bin ", "Abdul ", "Dr ", "van ", "", "", "", "", ""};
    static const char *const behind[] = {" Ltd", " SARL", " GmbH", " Trading Company", " 7", " IX 12", "", ""};
    uint32_t words = 1 + chance(from, chance(from, 4) ? 3 : 6);
    out[0] = '\0';
    for (uint32_t i = 0; i < words; i++) {
        char word[128];
        invent_word(from, word, sizeof word);
        if (chance(from, 12) == 0) (void)snprintf(word, sizeof word, "%c.", 'A' + (char)chance(from, 26));
        (void)snprintf(out + strlen(out), size - strlen(out), "%s%s%s", i ? " " : "", OF(before), word);
    }
    if (organisation) (void)snprintf(out + strlen(out), size - strlen(out), "%s", OF(behind));
}

void invent_in_script(inventor *from, char *out, size_t size, unsigned script) {
    out[0] = '\0';
    for (uint32_t words = 1 + chance(from, 4); words; words--) {
        for (uint32_t parts = script == 5 ? 1 + chance(from, 2) : 2 + chance(from, 3); parts; parts--) {
            const char *part = script == 0   ? OF(latin)
                               : script == 1 ? OF(arabic)
                               : script == 2 ? OF(cyrillic)
                               : script == 3 ? OF(greek)
                               : script == 4 ? OF(hebrew)
                                             : OF(han);
            (void)snprintf(out + strlen(out), size - strlen(out), "%s", part);
        }
        if (words > 1) (void)snprintf(out + strlen(out), size - strlen(out), " ");
    }
}

void invent_plain(inventor *from, char *out, size_t size, size_t words) {
    out[0] = '\0';
    for (size_t i = 0; i < words; i++) {
        if (i) (void)snprintf(out + strlen(out), size - strlen(out), " ");
        for (uint32_t syllables = 3 + chance(from, 2); syllables; syllables--)
            (void)snprintf(out + strlen(out), size - strlen(out), "%s", OF(latin));
    }
}

void damage_letters(inventor *from, char *name, size_t size, unsigned letters) {
    while (letters--) {
        size_t length = strlen(name), at = chance(from, (uint32_t)length);
        while (name[at] == ' ' || name[at + 1] == ' ' || name[at + 1] == '\0') at = chance(from, (uint32_t)length);
        switch (chance(from, 4)) {
        case 0: memmove(name + at, name + at + 1, length - at); break;
        case 1: name[at] = (char)('a' + chance(from, 26)); break;
        case 2:
            if (length + 2 < size) memmove(name + at + 1, name + at, length - at + 1);
            break;
        default: {
            char turned = name[at];
            name[at] = name[at + 1];
            name[at + 1] = turned;
        }
        }
    }
}
