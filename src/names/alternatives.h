/* Names within a name: "Belkora Steel (formerly Zitouna Steel) Ltd", "NOWHERE STAR a.k.a. ELSEWHERE MOON". */
#ifndef MIZAN_NAMES_ALTERNATIVES_H
#define MIZAN_NAMES_ALTERNATIVES_H

#include "base/arena.h"
#include "mizan/str.h"

#include <stddef.h>

enum { MZ_NAME_ALTERNATIVES_MOST = 4 };

/* The names that a text gives, at least one, the first of them what remains when the others are taken out. Slices of
 * `text`, or the arena's where something stood in the middle. A text that gives one name is returned as it is; so is
 * one of more than 64 KiB, and what would be a fifth name stays in the fourth. */
size_t mz_name_alternatives(mz_str text, mz_arena *arena, mz_str ret_names[MZ_NAME_ALTERNATIVES_MOST]);

#endif
