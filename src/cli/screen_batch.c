/* Screening a file of queries with several threads and the output of one.
 *
 *     reader (the calling thread) ──▶ chunks of lines, in a ring ──▶ workers ──▶ writer, in the order of the file
 *
 * A chunk is up to 64 lines; it goes out early when the next line would have to be waited for, so that a program
 * that asks one question and waits for its answer gets it. The ring bounds the memory: when the slowest chunk is
 * not done, reading waits. One job screens in the calling thread, without any other.
 *
 * Invariants, under `lock`: written <= taken <= filled <= written + slots. The chunk of number n is in slot n modulo
 * slots; it is the reader's until filled > n, a worker's from taken > n until `done`, then the writer's until
 * written > n.
 *
 * Rejected: a line a task, whose locking costs more than a short query; output by whoever finishes, whose order
 * would change from run to run. */
#include "base/error.h"
#include "base/file.h"
#include "cli/progress.h"
#include "cli/screen.h"
#include "screen/query_json.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CHUNK_LINES = 64,
    CHUNK_BYTES = 256 * 1024, /* a chunk is closed when it is larger */
    LINE_BYTES = 16 * 1024 * 1024,
    CHUNK_CEILING_BYTES = CHUNK_BYTES + LINE_BYTES + 1024,
    OUTPUT_CEILING_BYTES = 1024 * 1024 * 1024,
    ID_ARENA_BYTES = 256 * 1024 * 1024,
    MOST_JOBS = 256
};

typedef struct query_line {
    size_t from, size;
    uint64_t number;
    bool too_long;
} query_line;

typedef struct query_chunk {
    mz_buffer text;
    query_line lines[CHUNK_LINES];
    size_t line_count;
    mz_buffer answers;
    cli_batch_counts counts;
    mz_error error; /* one that ends the query_batch */
    mz_status status;
    bool done;
} query_chunk;

typedef struct query_batch {
    cli_context *cli;
    const mz_index *index;
    const mz_screen_options *options;
    mz_input input;
    mz_buffer line;
    query_chunk *slots;
    size_t slot_count;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t filled, taken, written;
    bool no_more; /* the reader is done */
    bool stop;    /* an error, a closed output, Ctrl-C: what is not yet begun is left */
    cli_batch_counts counts;
    cli_progress progress;
    mz_status status;
    mz_error error;
} query_batch;

static bool blank(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (!strchr(" \t\r\f\v", text.data[i])) return false;
    return true;
}

/* Errors of one query, which stand in its place; others end the batch. */
static bool of_the_query(mz_status status) {
    return status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT || status == MZ_ERR_ARGUMENT;
}

static void put_error(const query_batch *batch, query_chunk *chunk, const query_line *line, const mz_error *error) {
    mz_arena arena;
    mz_arena_init(&arena, ID_ARENA_BYTES);
    mz_str id = MZ_STR("");
    if (!line->too_long) id = mz_query_find_id((mz_str){chunk->text.data + line->from, line->size}, &arena);
    cli_answer_error(batch->cli, &chunk->answers, line->number, id, error);
    mz_arena_done(&arena);
    chunk->counts.not_screened++;
}

static mz_status screen_line(const query_batch *batch, mz_screener *screener, query_chunk *chunk,
                             const query_line *line, mz_error *error) {
    mz_str answer, query = {chunk->text.data + line->from, line->size};
    size_t hits = 0;
    mz_status status = mz_screen_json(screener, query, &answer, &hits, error);
    if (status) return status;
    chunk->counts.with_hit += hits > 0;
    cli_screened screened;
    if (!cli_answer_put(batch->cli, &chunk->answers, answer, hits, &screened)) return mz_fail_memory(error);
    chunk->counts.not_screened += screened == CLI_NOT_SCREENED;
    chunk->counts.cut_short += screened == CLI_CUT_SHORT;
    return MZ_OK;
}

static void screen_chunk(const query_batch *batch, mz_screener *screener, query_chunk *chunk) {
    for (size_t i = 0; i < chunk->line_count && !chunk->status; i++) {
        const query_line *line = &chunk->lines[i];
        mz_error error;
        chunk->counts.queries++;
        if (line->too_long) {
            (void)mz_fail(&error, MZ_ERR_LIMIT, "a query of more than %d MiB; split it", LINE_BYTES >> 20);
            put_error(batch, chunk, line, &error);
            continue;
        }
        mz_status status = screen_line(batch, screener, chunk, line, &error);
        if (of_the_query(status)) {
            put_error(batch, chunk, line, &error);
        } else if (status) {
            chunk->status = status;
            chunk->error = error;
        }
    }
    if (!chunk->status && chunk->answers.failed) chunk->status = mz_fail_memory(&chunk->error);
}

static void clear_chunk(query_chunk *chunk) {
    mz_buffer_clear(&chunk->text);
    mz_buffer_clear(&chunk->answers);
    chunk->line_count = 0;
    chunk->counts = (cli_batch_counts){0};
    chunk->status = MZ_OK;
    chunk->done = false;
}

/* Waits until there is something to read, so that Ctrl-C is noticed while nothing comes. Without this the signal
 * would find the reader inside read(), which goes on. */
static bool wait_for_input(const query_batch *batch) {
    const mz_input *input = &batch->input;
    if (input->at < input->end || input->descriptor < 0) return !cli_interrupted();
    sigset_t ours, before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    (void)pthread_sigmask(SIG_BLOCK, &ours, &before);
    struct pollfd wanted = {.fd = input->descriptor, .events = POLLIN};
    int ready = 0;
    while (!cli_interrupted() && (ready = ppoll(&wanted, 1, NULL, &before)) < 0 && errno == EINTR) {
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return !cli_interrupted();
}

/* Whether a whole line is there without waiting. */
static bool line_at_hand(const mz_input *input) {
    return input->end > input->at && memchr(input->block + input->at, '\n', input->end - input->at);
}

/* Reads lines into an empty chunk until it is full or the next would have to be waited for. *ret_more false at the
 * end of the file. */
static mz_status fill_chunk(query_batch *batch, query_chunk *chunk, bool *ret_more, mz_error *error) {
    *ret_more = true;
    while (chunk->line_count < CHUNK_LINES && chunk->text.size < CHUNK_BYTES) {
        if (chunk->line_count && !line_at_hand(&batch->input)) break;
        if (!wait_for_input(batch)) return mz_fail(error, MZ_ERR_CANCELLED, "stopped; the answers so far are whole");
        mz_status status = mz_input_line(&batch->input, &batch->line, ret_more, error);
        bool too_long = status == MZ_ERR_LIMIT;
        if (status && !too_long) return status;
        if (!*ret_more) break;
        mz_str text = mz_buffer_view(&batch->line);
        if (!too_long && blank(text)) continue;
        query_line line = {chunk->text.size, too_long ? 0 : text.size, batch->input.line, too_long};
        if (!too_long) mz_buffer_str(&chunk->text, text);
        if (chunk->text.failed) return mz_fail_memory(error);
        chunk->lines[chunk->line_count++] = line;
    }
    return MZ_OK;
}

/* Hands a chunk's answers over to the output; false when nothing more is to be written. */
static bool write_chunk(query_batch *batch, const query_chunk *chunk) {
    cli_output *out = &batch->cli->out;
    mz_buffer_str(&out->text, mz_buffer_view(&chunk->answers));
    batch->counts.queries += chunk->counts.queries;
    batch->counts.with_hit += chunk->counts.with_hit;
    batch->counts.not_screened += chunk->counts.not_screened;
    batch->counts.cut_short += chunk->counts.cut_short;
    cli_progress_lines(&batch->progress, batch->counts.queries, batch->counts.with_hit);
    if (chunk->status) {
        batch->status = chunk->status;
        batch->error = chunk->error;
        return false;
    }
    return cli_flush(out);
}

static mz_status run_alone(query_batch *batch, mz_error *error) {
    mz_screener *screener;
    query_chunk *chunk = &batch->slots[0];
    mz_status status = mz_screener_new(batch->index, batch->options, &screener, error);
    if (status) return status;
    for (bool more = true; more && !status;) {
        clear_chunk(chunk);
        status = fill_chunk(batch, chunk, &more, error);
        screen_chunk(batch, screener, chunk);
        if (!write_chunk(batch, chunk)) break;
    }
    mz_screener_free(screener);
    return status;
}

static void stop(query_batch *batch) {
    pthread_mutex_lock(&batch->lock);
    batch->stop = true;
    pthread_cond_broadcast(&batch->changed);
    pthread_mutex_unlock(&batch->lock);
}

/* The next chunk to work on, or NULL when there will be none. */
static query_chunk *take_chunk(query_batch *batch) {
    query_chunk *taken = NULL;
    pthread_mutex_lock(&batch->lock);
    while (!batch->stop && !batch->no_more && batch->taken == batch->filled)
        pthread_cond_wait(&batch->changed, &batch->lock);
    if (!batch->stop && batch->taken < batch->filled) taken = &batch->slots[batch->taken++ % batch->slot_count];
    pthread_mutex_unlock(&batch->lock);
    return taken;
}

static void chunk_done(query_batch *batch, query_chunk *chunk) {
    pthread_mutex_lock(&batch->lock);
    chunk->done = true;
    pthread_cond_broadcast(&batch->changed);
    pthread_mutex_unlock(&batch->lock);
}

static void *work(void *context) {
    query_batch *batch = context;
    mz_screener *screener = NULL;
    mz_error error;
    mz_status status = mz_screener_new(batch->index, batch->options, &screener, &error);
    for (query_chunk *chunk; (chunk = take_chunk(batch));) {
        if (status) {
            chunk->status = status;
            chunk->error = error;
        } else {
            screen_chunk(batch, screener, chunk);
        }
        chunk_done(batch, chunk);
    }
    mz_screener_free(screener);
    return NULL;
}

/* The chunk to be written next, waited for until it is done; NULL at the end. */
static const query_chunk *finished_chunk(query_batch *batch) {
    const query_chunk *next = NULL;
    pthread_mutex_lock(&batch->lock);
    for (;;) {
        bool any = batch->written < batch->filled;
        const query_chunk *candidate = &batch->slots[batch->written % batch->slot_count];
        if (any && batch->written < batch->taken && candidate->done) {
            next = candidate;
            break;
        }
        if (batch->stop && batch->written == batch->taken) break;
        if (!any && batch->no_more) break;
        pthread_cond_wait(&batch->changed, &batch->lock);
    }
    pthread_mutex_unlock(&batch->lock);
    return next;
}

static void *write_all(void *context) {
    query_batch *batch = context;
    bool good = true;
    for (const query_chunk *chunk; (chunk = finished_chunk(batch));) {
        if (good) good = write_chunk(batch, chunk);
        if (!good) stop(batch);
        pthread_mutex_lock(&batch->lock);
        batch->written++;
        pthread_cond_broadcast(&batch->changed);
        pthread_mutex_unlock(&batch->lock);
    }
    return NULL;
}

/* An empty slot, waited for; NULL when the batch was stopped. */
static query_chunk *empty_chunk(query_batch *batch) {
    query_chunk *empty = NULL;
    pthread_mutex_lock(&batch->lock);
    while (!batch->stop && batch->filled - batch->written >= batch->slot_count)
        pthread_cond_wait(&batch->changed, &batch->lock);
    if (!batch->stop) empty = &batch->slots[batch->filled % batch->slot_count];
    pthread_mutex_unlock(&batch->lock);
    return empty;
}

static mz_status read_all(query_batch *batch, mz_error *error) {
    mz_status status = MZ_OK;
    query_chunk *chunk;
    for (bool more = true; more && !status && (chunk = empty_chunk(batch));) {
        clear_chunk(chunk);
        status = fill_chunk(batch, chunk, &more, error);
        pthread_mutex_lock(&batch->lock);
        batch->filled++;
        pthread_cond_broadcast(&batch->changed);
        pthread_mutex_unlock(&batch->lock);
    }
    pthread_mutex_lock(&batch->lock);
    batch->no_more = true;
    pthread_cond_broadcast(&batch->changed);
    pthread_mutex_unlock(&batch->lock);
    return status;
}

/* Signals are for the thread that reads; the others never see them. */
static int start_thread(pthread_t *thread, void *(*body)(void *), query_batch *batch) {
    sigset_t all, before;
    sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    int number = pthread_create(thread, NULL, body, batch);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return number;
}

static mz_status run_threads(query_batch *batch, size_t jobs, mz_error *error) {
    pthread_t writer, workers[MOST_JOBS];
    size_t started = 0;
    if (start_thread(&writer, write_all, batch)) return mz_fail(error, MZ_ERR_MEMORY, "cannot start a thread");
    while (started < jobs && start_thread(&workers[started], work, batch) == 0) started++;
    mz_status status = MZ_OK;
    if (started == 0) {
        stop(batch);
        status = mz_fail(error, MZ_ERR_MEMORY, "cannot start a thread; try --jobs 1");
    } else {
        status = read_all(batch, error);
    }
    for (size_t i = 0; i < started; i++) (void)pthread_join(workers[i], NULL);
    (void)pthread_join(writer, NULL);
    return status;
}

static mz_status prepare(query_batch *batch, size_t slots, const char *path, mz_error *error) {
    mz_buffer_init(&batch->line, LINE_BYTES);
    pthread_mutex_init(&batch->lock, NULL);
    pthread_cond_init(&batch->changed, NULL);
    mz_status status = mz_input_open(&batch->input, path, error);
    if (status) return status;
    batch->slots = calloc(slots, sizeof *batch->slots);
    if (!batch->slots) return mz_fail_memory(error);
    batch->slot_count = slots;
    for (size_t i = 0; i < slots; i++) {
        mz_buffer_init(&batch->slots[i].text, CHUNK_CEILING_BYTES);
        mz_buffer_init(&batch->slots[i].answers, OUTPUT_CEILING_BYTES);
    }
    return MZ_OK;
}

static void finish(query_batch *batch) {
    for (size_t i = 0; i < batch->slot_count; i++) {
        mz_buffer_done(&batch->slots[i].text);
        mz_buffer_done(&batch->slots[i].answers);
    }
    free(batch->slots);
    mz_buffer_done(&batch->line);
    mz_input_close(&batch->input);
    pthread_mutex_destroy(&batch->lock);
    pthread_cond_destroy(&batch->changed);
}

static size_t usual_jobs(void) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > MOST_JOBS ? MOST_JOBS : (size_t)processors;
}

int cli_batch(cli_context *cli, const mz_index *index, const mz_screen_options *options, const char *path,
              cli_batch_counts *ret_counts) {
    size_t jobs = (size_t)cli_number(cli, CLI_JOBS, (double)usual_jobs());
    query_batch batch = {.cli = cli, .index = index, .options = options};
    mz_error error;
    cli_interruptible();
    cli_progress_start(&batch.progress, cli, "screening");
    cli_answer_heading(cli, &cli->out.text);
    mz_status status = prepare(&batch, jobs == 1 ? 1 : jobs * 2 + 2, path, &error);
    if (!status) status = jobs == 1 ? run_alone(&batch, &error) : run_threads(&batch, jobs, &error);
    finish(&batch);
    if (!status && batch.status) {
        status = batch.status;
        error = batch.error;
    }
    *ret_counts = batch.counts;
    return status ? cli_fail(&error) : CLI_DONE;
}
