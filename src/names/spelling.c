#include "names/spelling.h"

enum { OF_LATIN = MZ_SOUNDS_LATIN, OF_ABJADS = MZ_SOUND_SYSTEM_COUNT };

mz_sound_system mz_sound_system_of(mz_script script) {
    static const uint8_t systems[MZ_SCRIPT_COUNT] = {
        [MZ_SCRIPT_ARABIC] = MZ_SOUNDS_ARABIC + 1, [MZ_SCRIPT_HEBREW] = MZ_SOUNDS_HEBREW + 1,
        [MZ_SCRIPT_HAN] = MZ_SOUNDS_HAN + 1,       [MZ_SCRIPT_HANGUL] = MZ_SOUNDS_HANGUL + 1,
        [MZ_SCRIPT_KANA] = MZ_SOUNDS_KANA + 1,     [MZ_SCRIPT_CYRILLIC] = MZ_SOUNDS_CYRILLIC + 1,
        [MZ_SCRIPT_GREEK] = MZ_SOUNDS_GREEK + 1,
    };
    return systems[script] ? (mz_sound_system)(systems[script] - 1) : MZ_SOUNDS_LATIN;
}

const mz_spelling *mz_spelling_between(mz_sound_system a, mz_sound_system b, bool *ret_turned) {
    *ret_turned = a < b;
    if (a <= MZ_SOUNDS_HEBREW && b <= MZ_SOUNDS_HEBREW) return &mz_spellings[OF_ABJADS];
    if (a == b) return &mz_spellings[OF_LATIN];
    return &mz_spellings[a < b ? a : b];
}
