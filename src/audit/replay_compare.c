/* Hits are told apart by the id of their entity, which one answer has once for each list version: an entity that is
 * twice in an image is compared in the order of the hits. Evidence is compared as a whole, and shown piece by piece. */
#include "audit/replay_compare.h"

#include "base/error.h"
#include "base/json_canonical.h"
#include "base/shown.h"

enum { TEXT_BYTES = 16 << 20 };

typedef struct comparing {
    mz_arena *arena;
    mz_buffer one, other; /* canonical forms */
    mz_buffer *lines;
    size_t differences;
    mz_error *error;
    mz_status status;
} comparing;

static bool same_text(comparing *c, const mz_json_value *a, const mz_json_value *b) {
    if (!a || !b) return a == b;
    mz_buffer_clear(&c->one);
    mz_buffer_clear(&c->other);
    if (!c->status) c->status = mz_json_canonical_value(a, c->arena, &c->one, c->error);
    if (!c->status) c->status = mz_json_canonical_value(b, c->arena, &c->other, c->error);
    return !c->status && mz_str_equal(mz_buffer_view(&c->one), mz_buffer_view(&c->other));
}

static mz_str text_of(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member && (member->kind == MZ_JSON_STRING || member->kind == MZ_JSON_NUMBER) ? member->text : MZ_STR("-");
}

/* ---- one hit ---- */

static void tell_hit(comparing *c, const mz_json_value *hit, const char *what) {
    mz_str entity = text_of(hit, "entity"), caption = text_of(hit, "caption"), score = text_of(hit, "score");
    c->differences++;
    mz_buffer_print(c->lines, "%.*s (%.*s, score %.*s): %s\n", mz_shown(entity), entity.data, mz_shown(caption),
                    caption.data, mz_shown(score), score.data, what);
}

static void tell_member(comparing *c, const mz_json_value *hit, const char *key, mz_str then, mz_str now) {
    mz_str entity = text_of(hit, "entity");
    c->differences++;
    mz_buffer_print(c->lines, "%.*s: %s was %.*s, is %.*s\n", mz_shown(entity), entity.data, key, mz_shown(then),
                    then.data, mz_shown(now), now.data);
}

static mz_str shown_json(comparing *c, const mz_json_value *value) {
    mz_buffer_clear(&c->one);
    if (!value) return MZ_STR("nothing");
    if (!c->status) c->status = mz_json_canonical_value(value, c->arena, &c->one, c->error);
    return mz_arena_copy(c->arena, mz_buffer_view(&c->one));
}

static void compare_evidence(comparing *c, const mz_json_value *then_hit, const mz_json_value *then,
                             const mz_json_value *now) {
    const mz_json_value *a = then ? then->child : NULL, *b = now ? now->child : NULL;
    mz_str entity = text_of(then_hit, "entity");
    for (size_t k = 1; a || b; k++, a = a ? a->next : NULL, b = b ? b->next : NULL) {
        if (a && b && same_text(c, a, b)) continue;
        mz_str was = shown_json(c, a), is = shown_json(c, b);
        c->differences++;
        mz_buffer_print(c->lines, "%.*s: evidence %zu was %.*s, is %.*s\n", mz_shown(entity), entity.data, k,
                        (int)was.size, was.data, (int)is.size, is.data);
    }
}

static void compare_hit(comparing *c, const mz_json_value *then, const mz_json_value *now) {
    static const char *const members[] = {"caption", "list", "name", "reference", "schema", "score", "weight"};
    size_t before = c->differences;
    if (same_text(c, then, now)) return;
    for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
        const mz_json_value *a = mz_json_member(then, members[k]), *b = mz_json_member(now, members[k]);
        if (!same_text(c, a, b)) tell_member(c, then, members[k], text_of(then, members[k]), text_of(now, members[k]));
    }
    compare_evidence(c, then, mz_json_member(then, "evidence"), mz_json_member(now, "evidence"));
    if (c->differences == before) tell_hit(c, then, "is told otherwise now");
}

/* ---- all ---- */

/* The `skip`th hit of that entity. */
static const mz_json_value *hit_of(const mz_json_value *hits, mz_str entity, size_t skip) {
    for (const mz_json_value *hit = hits ? hits->child : NULL; hit; hit = hit->next)
        if (mz_str_equal(text_of(hit, "entity"), entity) && !skip--) return hit;
    return NULL;
}

static size_t place_of(const mz_json_value *hits, const mz_json_value *wanted) {
    size_t place = 0;
    mz_str entity = text_of(wanted, "entity");
    for (const mz_json_value *hit = hits->child; hit != wanted; hit = hit->next)
        place += mz_str_equal(text_of(hit, "entity"), entity);
    return place;
}

static void compare_hits(comparing *c, const mz_json_value *then, const mz_json_value *now, bool cut) {
    for (const mz_json_value *hit = then ? then->child : NULL; hit && !c->status; hit = hit->next) {
        const mz_json_value *again = hit_of(now, text_of(hit, "entity"), place_of(then, hit));
        if (again)
            compare_hit(c, hit, again);
        else
            tell_hit(c, hit, "was found, and is not now");
    }
    for (const mz_json_value *hit = now && !cut ? now->child : NULL; hit && !c->status; hit = hit->next)
        if (!hit_of(then, text_of(hit, "entity"), place_of(now, hit))) tell_hit(c, hit, "is found now, and was not");
}

static int64_t hits_in_all(const mz_json_value *answer) {
    const mz_json_value *hits = mz_json_member(answer, "hits");
    int64_t most = hits ? hits->count : 0;
    (void)mz_json_read_int(answer, "total", 0, INT64_MAX, &most, NULL);
    return most;
}

static void compare_rest(comparing *c, const mz_json_value *then, const mz_json_value *now) {
    static const char *const members[] = {"not_done", "cut"};
    if (hits_in_all(then) != hits_in_all(now)) {
        c->differences++;
        mz_buffer_print(c->lines, "hits in all were %lld, are %lld\n", (long long)hits_in_all(then),
                        (long long)hits_in_all(now));
    }
    for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
        const mz_json_value *a = mz_json_member(then, members[k]), *b = mz_json_member(now, members[k]);
        if (same_text(c, a, b)) continue;
        mz_str was = shown_json(c, a), is = shown_json(c, b);
        c->differences++;
        mz_buffer_print(c->lines, "%s was %.*s, is %.*s\n", members[k], (int)was.size, was.data, (int)is.size, is.data);
    }
}

mz_status mz_replay_compare(const mz_json_value *then, const mz_json_value *now, mz_arena *arena, bool *ret_same,
                            mz_buffer *lines, mz_error *error) {
    const mz_json_value *hits = mz_json_member(then, "hits");
    comparing c = {.arena = arena, .lines = lines, .error = error};
    mz_buffer_init(&c.one, TEXT_BYTES);
    mz_buffer_init(&c.other, TEXT_BYTES);
    compare_hits(&c, hits, mz_json_member(now, "hits"), hits && hits_in_all(then) > (int64_t)hits->count);
    compare_rest(&c, then, now);
    mz_buffer_done(&c.other);
    mz_buffer_done(&c.one);
    if (!c.status && lines->failed) c.status = mz_fail_buffer(lines, error, "the differences");
    if (!c.status) *ret_same = c.differences == 0;
    return c.status;
}
