/* Chinese names in Latin letters: pinyin and what came before it. */
#ifndef MIZAN_NAMES_CHINESE_H
#define MIZAN_NAMES_CHINESE_H

#include "base/arena.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether a word in small letters is made of one to four syllables of pinyin, written together. */
bool mz_pinyin(mz_str latin);

/* The pinyin of one or several syllables of Wade and Giles written together; empty when the word is none.
 * `written` is the word as it stands in the name: an apostrophe in it says that the consonant before it is aspirated
 * (ch'in is qin, chin is jin). *ret_sure: no pinyin is written so. */
mz_str mz_wade_giles(mz_str latin, mz_str written, mz_arena *arena, bool *ret_sure);

/* Pinyin as its letters sound elsewhere: q as ch, x as sh, zh as j, c as ts. */
mz_str mz_pinyin_sounds(mz_str latin, mz_arena *arena);

#endif
