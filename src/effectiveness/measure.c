/* The threads, and what one question is. One thread works in the calling one, without any other. */
#include "effectiveness/measure.h"

#include "base/checked.h"
#include "base/clock.h"
#include "base/error.h"
#include "index/image.h"

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_THREADS = 256, STEP_NS = 100 * 1000 * 1000 };

static const double lowest_threshold = 0.5;

typedef struct measuring {
    const mz_index *index;
    const mz_sample *sample;
    const mz_effectiveness_options *options;
    mz_measured *measured;
    uint32_t threshold; /* millionths */
    atomic_size_t next; /* the subject to be taken next: first the listed, then the customers */
    atomic_size_t done; /* subjects */
    atomic_bool stop;
    bool alone; /* the calling thread does the work */
    pthread_mutex_t lock;
    pthread_cond_t ended; /* a thread did */
    size_t running;       /* threads; under lock, as what follows */
    mz_status status;
    mz_error error;
} measuring;

/* One thread's means. */
typedef struct asking {
    measuring *all;
    mz_screener *screener;
    mz_screener *by_policy; /* with the policy's own thresholds; NULL: one threshold for all */
    mz_comparer *comparer;
    bool hides_script; /* the class in hand does */
    mz_change change;
    mz_buffer text;
} asking;

/* ---- one question ---- */

double mz_measured_threshold(const mz_effectiveness_options *options, const mz_policy *policy) {
    return options->threshold > 0 ? options->threshold : mz_policy_threshold(policy, MZ_SCHEMA_Thing);
}

/* What came back at the lowest threshold. */
static void note(const measuring *all, const mz_screening *screening, const mz_subject *subject, bool customer,
                 mz_answer *answer) {
    answer->state = MZ_ANSWERED;
    for (size_t h = 0; h < screening->hit_count; h++) {
        const mz_hit *hit = &screening->hits[h];
        uint32_t score = (uint32_t)lround(hit->score * MZ_MEASURED_UNIT);
        bool counts = score >= all->threshold;
        answer->hits += counts;
        if (!h) {
            answer->best = hit->number;
            answer->best_score = score;
        }
        if (customer ? h > 0 : hit->number != subject->entity) continue;
        answer->score = score;
        answer->rank = (uint16_t)(h + 1);
        answer->found = counts;
    }
}

/* What came back by the policy's own thresholds, which its rules may set by schema and culture. */
static void note_found(const mz_screening *screening, const mz_subject *subject, bool customer, mz_answer *answer) {
    answer->hits = (uint16_t)screening->hit_count;
    answer->found = customer && screening->hit_count;
    for (size_t h = 0; h < screening->hit_count && !customer; h++)
        answer->found = answer->found || screening->hits[h].number == subject->entity;
}

/* The score of a name against what its entity is called in other scripts: what a search would give it were the others
 * not listed, because a search finds whatever a comparison scores. */
static mz_status score_hidden(asking *a, const mz_entity *query, const mz_subject *subject, uint32_t *ret_score,
                              mz_error *error) {
    uint32_t entity = subject->entity;
    const mz_index *part = mz_index_part(a->all->index, &entity);
    mz_run run = mz_index_names_of(part, entity);
    mz_status status = MZ_OK;
    *ret_score = 0;
    for (uint32_t n = run.first; n < run.end && !status; n++) {
        mz_str name = mz_index_name_text(part, n);
        const mz_comparison *comparison;
        if (!mz_sample_may_draw(&part->names[n]) || mz_script_of_name(name) == subject->who.script) continue;
        status = mz_compare_names(a->comparer, query->schema, query->facts[0].value, name, &comparison, error);
        if (status) break;
        uint32_t score = (uint32_t)lround(comparison->score * MZ_MEASURED_UNIT);
        if (score > *ret_score) *ret_score = score;
    }
    return status;
}

/* The answer as it would be without the entity's names in the script that was asked in. */
static mz_status hide(asking *a, const mz_entity *query, const mz_screening *screening, const mz_subject *subject,
                      mz_answer *answer, mz_error *error) {
    uint32_t score;
    mz_status status = score_hidden(a, query, subject, &score, error);
    if (status) return status;
    bool counts = score >= a->all->threshold;
    answer->hits = (uint16_t)(answer->hits - answer->found + counts);
    answer->score = score >= MZ_MEASURED_UNIT / 2 ? score : 0;
    answer->found = counts;
    answer->rank = answer->score > 0;
    answer->best_score = answer->score;
    answer->best = subject->entity;
    for (size_t h = 0; h < screening->hit_count; h++) {
        uint32_t other = (uint32_t)lround(screening->hits[h].score * MZ_MEASURED_UNIT);
        if (screening->hits[h].number == subject->entity) continue;
        if (answer->score) answer->rank = (uint16_t)(answer->rank + (other > answer->score));
        if (other <= answer->best_score) continue;
        answer->best_score = other;
        answer->best = screening->hits[h].number;
    }
    return MZ_OK;
}

static mz_status ask(asking *a, const mz_entity *query, const mz_subject *subject, bool customer, mz_answer *answer,
                     mz_error *error) {
    const mz_screening *screening;
    mz_status status = mz_screen(a->screener, subject->who.id, query, &screening, error);
    if (!status) note(a->all, screening, subject, customer, answer);
    if (!status && a->hides_script) {
        status = hide(a, query, screening, subject, answer, error);
    } else if (!status && a->by_policy) {
        status = mz_screen(a->by_policy, subject->who.id, query, &screening, error);
        if (!status) note_found(screening, subject, customer, answer);
    }
    if (status != MZ_ERR_INPUT && status != MZ_ERR_LIMIT && status != MZ_ERR_ARGUMENT) return status;
    *answer = (mz_answer){.state = MZ_UNANSWERED};
    return MZ_OK;
}

static mz_status ask_changed(asking *a, const mz_subject *subject, bool customer, size_t class_number,
                             mz_answer *answer, mz_error *error) {
    size_t count;
    const mz_change_kind *kind = &mz_change_kinds(&count)[class_number];
    bool applies = mz_change_apply(kind, a->all->options->seed, &subject->who, &a->change, &a->text);
    if (a->text.failed) return mz_fail_memory(error);
    if (!applies) return MZ_OK;
    mz_fact facts[3] = {{.property = MZ_PROP_name, .value = mz_buffer_view(&a->text)}};
    mz_entity query = {.id = subject->who.id, .schema = subject->schema, .facts = facts, .fact_count = 1};
    if (a->change.birth_date[0])
        facts[query.fact_count++] = (mz_fact){.property = MZ_PROP_birthDate, .value = mz_str_of(a->change.birth_date)};
    if (a->change.nationality.size)
        facts[query.fact_count++] = (mz_fact){.property = MZ_PROP_nationality, .value = a->change.nationality};
    a->hides_script = kind->hides_script;
    mz_status status = ask(a, &query, subject, customer, answer, error);
    a->hides_script = false;
    return status;
}

static mz_status ask_classes(asking *a, const mz_subject *subject, bool customer, mz_answer *answers, mz_error *error) {
    const mz_measured *measured = a->all->measured;
    mz_status status = MZ_OK;
    for (size_t c = 0; c < measured->class_count && !status; c++)
        status = ask_changed(a, subject, customer, measured->classes[c], &answers[c], error);
    return status;
}

static mz_status ask_as_is(asking *a, const mz_subject *customer, mz_answer answers[MZ_CUSTOMER_WAYS],
                           mz_error *error) {
    mz_entity query = {.id = customer->who.id, .schema = customer->schema};
    mz_fact name = {.property = MZ_PROP_name, .value = customer->who.name};
    query.facts = &name;
    query.fact_count = 1;
    mz_status status = ask(a, &query, customer, true, &answers[MZ_BY_NAME], error);
    query.facts = customer->facts;
    query.fact_count = customer->fact_count;
    return status ? status : ask(a, &query, customer, true, &answers[MZ_WITH_FACTS], error);
}

/* ---- all of them ---- */

static mz_status ask_subject(asking *a, size_t number, mz_error *error) {
    const measuring *all = a->all;
    const mz_measured *measured = all->measured;
    size_t classes = measured->class_count;
    if (number < all->sample->listed_count)
        return ask_classes(a, &all->sample->listed[number], false, measured->listed + number * classes, error);
    number -= all->sample->listed_count;
    const mz_subject *customer = &all->sample->customers[number];
    mz_status status = ask_as_is(a, customer, measured->customers + number * MZ_CUSTOMER_WAYS, error);
    if (!status && number < measured->changed_count)
        status = ask_classes(a, customer, true, measured->changed + number * classes, error);
    return status;
}

static bool asked_to_stop(measuring *all) {
    const mz_effectiveness_options *options = all->options;
    uint64_t total = all->sample->listed_count + all->sample->customer_count;
    return options->progress && options->progress(options->context, atomic_load(&all->done), total);
}

static mz_status stopped(mz_error *error) {
    return mz_fail(error, MZ_ERR_CANCELLED, "stopped; nothing was written");
}

static mz_status work(measuring *all, mz_error *error) {
    size_t count = all->sample->listed_count + all->sample->customer_count;
    asking a = {.all = all};
    mz_screen_options options = {
        .threshold = lowest_threshold, .limit = MZ_MEASURED_HITS, .policy = all->measured->policy};
    mz_status status = mz_screener_new(all->index, &options, &a.screener, error);
    options.threshold = 0;
    if (!status && all->measured->policy && !(all->options->threshold > 0))
        status = mz_screener_new(all->index, &options, &a.by_policy, error);
    if (!status) status = mz_comparer_new(all->measured->policy, &a.comparer, error);
    mz_buffer_init(&a.text, (size_t)MZ_CHANGE_LETTERS * 4);
    while (!status && !atomic_load(&all->stop)) {
        size_t number = atomic_fetch_add(&all->next, 1);
        if (number >= count) break;
        status = ask_subject(&a, number, error);
        (void)atomic_fetch_add(&all->done, 1);
        if (!status && all->alone && asked_to_stop(all)) status = stopped(error);
    }
    mz_buffer_done(&a.text);
    mz_screener_free(a.screener);
    mz_screener_free(a.by_policy);
    mz_comparer_free(a.comparer);
    return status;
}

static void *run_thread(void *context) {
    measuring *all = context;
    mz_error error;
    mz_status status = work(all, &error);
    pthread_mutex_lock(&all->lock);
    if (status && !all->status) {
        all->status = status;
        all->error = error;
    }
    if (status) atomic_store(&all->stop, true);
    all->running--;
    pthread_cond_signal(&all->ended);
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

/* Signals are for the calling thread; the others never see them. */
static size_t start(measuring *all, pthread_t *threads, size_t wanted) {
    sigset_t every, before;
    size_t started = 0;
    sigfillset(&every);
    (void)pthread_sigmask(SIG_SETMASK, &every, &before);
    pthread_mutex_lock(&all->lock);
    while (started < wanted && pthread_create(&threads[started], NULL, run_thread, all) == 0) started++;
    all->running = started;
    pthread_mutex_unlock(&all->lock);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

/* Tells the caller how far it is until all threads have ended. */
static void watch(measuring *all) {
    pthread_mutex_lock(&all->lock);
    while (all->running) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += STEP_NS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        (void)pthread_cond_timedwait(&all->ended, &all->lock, &until);
        pthread_mutex_unlock(&all->lock);
        bool stop = asked_to_stop(all);
        pthread_mutex_lock(&all->lock);
        if (stop && !all->status) {
            all->status = stopped(&all->error);
            atomic_store(&all->stop, true);
        }
    }
    pthread_mutex_unlock(&all->lock);
}

static size_t usual_threads(void) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > MOST_THREADS ? MOST_THREADS : (size_t)processors;
}

static mz_status run(measuring *all, mz_error *error) {
    pthread_t threads[MOST_THREADS];
    size_t wanted = all->options->threads ? all->options->threads : usual_threads();
    size_t subjects = all->sample->listed_count + all->sample->customer_count;
    if (wanted > MOST_THREADS) wanted = MOST_THREADS;
    if (wanted > subjects) wanted = subjects;
    all->alone = wanted <= 1;
    if (all->alone) return work(all, error);
    size_t started = start(all, threads, wanted);
    if (!started) return mz_fail(error, MZ_ERR_MEMORY, "cannot start a thread");
    watch(all);
    for (size_t i = 0; i < started; i++) (void)pthread_join(threads[i], NULL);
    if (all->status && error) *error = all->error;
    return all->status;
}

static mz_answer *answers(size_t subjects, size_t ways) {
    size_t count, bytes;
    if (!mz_multiply_size(subjects, ways, &count) || !mz_multiply_size(count + 1, sizeof(mz_answer), &bytes))
        return NULL;
    return calloc(1, bytes);
}

mz_status mz_measure(const mz_index *index, const mz_sample *sample, const mz_effectiveness_options *options,
                     mz_measured *measured, mz_error *error) {
    uint64_t began_ns = mz_clock_ns();
    measured->changed_count = sample->customer_count < options->sample ? sample->customer_count : options->sample;
    measured->listed = answers(sample->listed_count, measured->class_count);
    measured->customers = answers(sample->customer_count, MZ_CUSTOMER_WAYS);
    measured->changed = answers(measured->changed_count, measured->class_count);
    if (!measured->listed || !measured->customers || !measured->changed) return mz_fail_memory(error);
    measuring all = {.index = index,
                     .sample = sample,
                     .options = options,
                     .measured = measured,
                     .threshold =
                         (uint32_t)ceil(mz_measured_threshold(options, measured->policy) * MZ_MEASURED_UNIT - 1e-6)};
    pthread_mutex_init(&all.lock, NULL);
    pthread_cond_init(&all.ended, NULL);
    mz_status status = run(&all, error);
    pthread_cond_destroy(&all.ended);
    pthread_mutex_destroy(&all.lock);
    measured->seconds = (double)(mz_clock_ns() - began_ns) / 1e9;
    return status;
}

void mz_measured_done(mz_measured *measured) {
    free(measured->listed);
    free(measured->customers);
    free(measured->changed);
    *measured = (mz_measured){0};
}
