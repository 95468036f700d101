/* mizan cases: the casework of an agency, for whoever may read and write its database anyway. What is changed is
 * changed as somebody (--as), whose rights hold here as they do in the service, and is noted as done by command. */
#include "cases/cases.h"

#include "access/people.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cli/casework.h"
#include "cli/commands.h"
#include "cli/said.h"
#include "server/casework.h"

#include <inttypes.h>
#include <string.h>

enum { PAGE = 200, EVENTS_MOST = 10000 };

/* ---- who, and which case ---- */

int cli_casework_open(cli_context *cli, mz_right right, cli_casework *work) {
    mz_error error;
    mz_person person;
    const char *name = cli_text(cli, CLI_AS);
    *work = (cli_casework){.cli = cli};
    if (right != MZ_RIGHT_NONE && !name) return cli_usage(cli, "say as whom, by --as LOGIN-NAME");
    int ending = cli_office_open(cli, &work->office);
    if (ending || !name) return ending;
    mz_status status =
        mz_person_find(work->office.access, &work->office.who, mz_str_of(name), &work->office.arena, &person, &error);
    uint32_t rights = status ? 0 : mz_rights_of_roles(person.roles, work->office.agency.operates);
    if (!status && (person.state != MZ_PERSON_ACTIVE || (right != MZ_RIGHT_NONE && !(rights >> right & 1))))
        status = mz_fail(&error, MZ_ERR_REFUSED, "“%s” has not the right “%s”", name, mz_right_word(right));
    if (status) {
        cli_office_close(&work->office);
        return cli_fail(&error);
    }
    work->who = (mz_principal){.kind = MZ_PERSON,
                               .key = person.key,
                               .name = person.title,
                               .agency = work->office.agency.key,
                               .rights = rights};
    work->actor = (mz_actor){.who = &work->who, .client = MZ_STR("command line")};
    return CLI_DONE;
}

mz_str cli_casework_note(const cli_context *cli) {
    const char *note = cli_text(cli, CLI_NOTE);
    return note ? mz_str_of(note) : MZ_STR("");
}

cli_message cli_phase_message(mz_str phase) {
    static const struct {
        const char *phase;
        cli_message message;
    } messages[] = {{"open", CLI_SAY_CASE_OPEN},
                    {"proposed", CLI_SAY_CASE_PROPOSED},
                    {"waiting", CLI_SAY_CASE_WAITING},
                    {"closed", CLI_SAY_CASE_CLOSED},
                    {"decided", CLI_SAY_ALERT_DECIDED},
                    {"valid", CLI_SAY_CLEARANCE_VALID},
                    {"outdated", CLI_SAY_CLEARANCE_OUTDATED},
                    {"expired", CLI_SAY_CLEARANCE_EXPIRED},
                    {"revoked", CLI_SAY_CLEARANCE_REVOKED}};
    for (size_t k = 0; k < sizeof messages / sizeof *messages; k++)
        if (mz_str_equal(phase, mz_str_of(messages[k].phase))) return messages[k].message;
    return CLI_SAY_CASE_OPEN;
}

static cli_message disposition_message(mz_disposition disposition) {
    static const cli_message messages[MZ_DISPOSITION_COUNT] = {[MZ_TRUE_MATCH] = CLI_SAY_TRUE_MATCH,
                                                               [MZ_FALSE_POSITIVE] = CLI_SAY_FALSE_POSITIVE,
                                                               [MZ_INSUFFICIENT_INFORMATION] = CLI_SAY_INSUFFICIENT};
    return messages[disposition];
}

static mz_str number_text(mz_arena *arena, double number, int decimals) {
    mz_buffer text;
    mz_json json;
    mz_buffer_init(&text, 64);
    mz_json_init(&json, &text);
    mz_json_fixed(&json, number, decimals);
    mz_str made = mz_arena_copy(arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return made;
}

static mz_str day_text(mz_arena *arena, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE] = "";
    if (seconds) mz_time_text(seconds, text);
    return mz_arena_copy(arena, (mz_str){text, seconds ? 10 : 0});
}

/* ---- list ---- */

typedef struct case_list {
    cli_casework *work;
    mz_queue_query query;
    mz_case *cases;
    size_t count;
    mz_str next;
} case_list;

static mz_status read_page(void *context, mz_sql *sql, mz_error *error) {
    case_list *list = context;
    return mz_queue_list(sql, list->work->office.agency.key, &list->query, &list->work->office.arena, &list->cases,
                         &list->count, &list->next, error);
}

static void print_json(cli_context *cli, const mz_case *row) {
    mz_json json;
    mz_json_init(&json, &cli->out.text);
    mz_json_object(&json);
    mz_case_write_json(&json, row, mz_clock_now(), true);
    mz_json_object_end(&json);
    mz_buffer_char(&cli->out.text, '\n');
}

static void print_row(cli_casework *work, cli_table *table, const mz_case *row) {
    cli_context *cli = work->cli;
    mz_arena *arena = &work->office.arena;
    mz_str weight = number_text(arena, row->weight, 1);
    mz_str alerts = mz_arena_print(arena, "%" PRId64, row->alerts), due = day_text(arena, row->due);
    if (cli->format == CLI_PRINT_JSON) {
        print_json(cli, row);
    } else if (cli->format == CLI_PRINT_CSV) {
        const mz_str fields[] = {row->label, row->phase, row->source,        row->reference,    row->caption,  weight,
                                 alerts,     due,        row->assignee.name, row->best.caption, row->best.list};
        for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) cli_csv(&cli->out.text, fields[k], k == 0);
        cli_csv_end(&cli->out.text);
    } else {
        cli_table_cell(table, row->label);
        cli_table_word(table, cli->language, cli_phase_message(row->phase));
        cli_table_cell(table, weight);
        cli_table_cell(table, alerts);
        cli_table_cell(table, due);
        cli_table_cell(table, row->assignee.name);
        cli_table_cell(table, row->caption);
        cli_table_cell(table, row->best.caption);
    }
}

static mz_status print_pages(case_list *list, cli_table *table, mz_error *error) {
    mz_status status;
    do {
        status = mz_store_read(list->work->office.store, read_page, list, error);
        for (size_t k = 0; k < list->count && !status; k++) print_row(list->work, table, &list->cases[k]);
        list->query.after = list->next;
    } while (!status && list->next.size && list->work->cli->format != CLI_PRINT_TABLE);
    return status;
}

static int run_list(cli_context *cli) {
    static const cli_message names[] = {CLI_SAY_COLUMN_CASE,        CLI_SAY_COLUMN_PHASE, CLI_SAY_COLUMN_CASE_WEIGHT,
                                        CLI_SAY_COLUMN_CASE_ALERTS, CLI_SAY_COLUMN_DUE,   CLI_SAY_COLUMN_ASSIGNEE,
                                        CLI_SAY_COLUMN_SUBJECT,     CLI_SAY_COLUMN_BEST};
    cli_casework work;
    cli_table table;
    mz_error error;
    case_list list = {.work = &work, .query = {.escalated = -1, .limit = PAGE}};
    int ending = cli_casework_open(cli, MZ_RIGHT_NONE, &work);
    if (ending) return ending;
    if (cli_given(cli, CLI_PHASE)) list.query.phase = mz_str_of(cli_text(cli, CLI_PHASE));
    if (cli_given(cli, CLI_LABEL)) list.query.label = mz_str_of(cli_text(cli, CLI_LABEL));
    if (cli_given(cli, CLI_ESCALATED)) list.query.escalated = 1;
    if (work.who.key.size) list.query.assignee = work.who.key;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 1u << 2 | 1u << 3);
    if (cli->format == CLI_PRINT_CSV)
        mz_buffer_print(&cli->out.text, "label,phase,source,reference,subject,weight,alerts,due,assignee,best,list\n");
    if (print_pages(&list, &table, &error)) ending = cli_fail(&error);
    if (!ending && cli->format == CLI_PRINT_TABLE && cli_table_rows(&table))
        (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
    cli_office_close(&work.office);
    return ending;
}

/* ---- show ---- */

typedef struct case_show {
    cli_casework *work;
    mz_str label;
    mz_case row;
    mz_alert *alerts;
    mz_decision *decisions;
    mz_case_event *events;
    size_t alert_count, decision_count, event_count;
    bool events_more;
} case_show;

static mz_status find_case(mz_sql *sql, const cli_casework *work, mz_str label, mz_case *ret_case, mz_error *error) {
    mz_arena *arena = (mz_arena *)(uintptr_t)&work->office.arena;
    return mz_case_find(sql, work->office.agency.key, label, arena, ret_case, error);
}

static mz_status read_case(void *context, mz_sql *sql, mz_error *error) {
    case_show *show = context;
    mz_str agency = show->work->office.agency.key;
    mz_arena *arena = &show->work->office.arena;
    mz_status status = find_case(sql, show->work, show->label, &show->row, error);
    if (!status) status = mz_case_alerts(sql, agency, show->row.key, arena, &show->alerts, &show->alert_count, error);
    if (!status)
        status = mz_case_decisions(sql, agency, show->row.key, arena, &show->decisions, &show->decision_count, error);
    if (!status)
        status = mz_case_events(sql, agency, show->row.key, MZ_STR(""), EVENTS_MOST, arena, &show->events,
                                &show->event_count, &show->events_more, error);
    return status;
}

static void print_alerts(const case_show *show) {
    static const cli_message names[] = {CLI_SAY_COLUMN_LISTED,      CLI_SAY_COLUMN_SUBJECT, CLI_SAY_COLUMN_SCORE_OF,
                                        CLI_SAY_COLUMN_CASE_WEIGHT, CLI_SAY_COLUMN_PHASE,   CLI_SAY_COLUMN_DECISION,
                                        CLI_SAY_COLUMN_ALERT};
    cli_context *cli = show->work->cli;
    mz_arena *arena = &show->work->office.arena;
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 1u << 2 | 1u << 3);
    for (size_t k = 0; k < show->alert_count; k++) {
        const mz_alert *alert = &show->alerts[k];
        cli_table_cell(&table, alert->entity);
        cli_table_cell(&table, alert->caption);
        cli_table_cell(&table, number_text(arena, alert->score, 3));
        cli_table_cell(&table, number_text(arena, alert->weight, 1));
        cli_table_word(&table, cli->language, cli_phase_message(alert->phase));
        mz_disposition disposition = mz_disposition_of(alert->disposition);
        if (disposition < MZ_DISPOSITION_COUNT)
            cli_table_word(&table, cli->language, disposition_message(disposition));
        else
            cli_table_cell(&table, MZ_STR(""));
        cli_table_cell(&table, alert->key);
    }
    if (cli_table_rows(&table)) (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
}

/* Who was named by --as did not sign in, and it says so. */
static void print_actor(cli_table *table, mz_named actor, mz_language language, mz_arena *arena) {
    bool named = actor.name.size && mz_str_equal(actor.kind, MZ_STR("command"));
    cli_table_cell(table, named             ? cli_by_command(actor.name, language, arena)
                          : actor.name.size ? actor.name
                                            : actor.kind);
}

static void print_events(const case_show *show) {
    static const cli_message names[] = {CLI_SAY_COLUMN_AT, CLI_SAY_COLUMN_EVENT, CLI_SAY_COLUMN_BY,
                                        CLI_SAY_COLUMN_SAID};
    cli_context *cli = show->work->cli;
    cli_table table;
    cli_table_said(&table, cli->language, CLI_ARRAY(names), 0);
    for (size_t k = 0; k < show->event_count; k++) {
        const mz_case_event *event = &show->events[k];
        char at[MZ_TIME_TEXT_SIZE];
        mz_time_text(event->at, at);
        cli_table_cell(&table, mz_str_of(at));
        cli_table_cell(&table, event->kind);
        print_actor(&table, event->actor, cli->language, &show->work->office.arena);
        cli_table_cell(&table, event->text);
    }
    if (cli_table_rows(&table)) (void)cli_table_print(&table, &cli->out.text, true);
    cli_table_done(&table);
}

static void print_whole(const case_show *show) {
    mz_json json;
    mz_json_init(&json, &show->work->cli->out.text);
    mz_json_object(&json);
    mz_case_write_json(&json, &show->row, mz_clock_now(), true);
    mz_json_key(&json, "alert_list");
    mz_json_array(&json);
    for (size_t k = 0; k < show->alert_count; k++)
        mz_alert_write_json(&json, &show->alerts[k], NULL, &show->work->office.arena);
    mz_json_array_end(&json);
    mz_json_key(&json, "decisions");
    mz_json_array(&json);
    for (size_t k = 0; k < show->decision_count; k++) mz_decision_write_json(&json, &show->decisions[k]);
    mz_json_array_end(&json);
    mz_json_key(&json, "events");
    mz_json_array(&json);
    for (size_t k = 0; k < show->event_count; k++)
        mz_case_event_write_json(&json, &show->events[k], NULL, 0, &show->work->office.arena);
    mz_json_array_end(&json);
    mz_json_pair_bool(&json, "events_more", show->events_more);
    mz_json_object_end(&json);
    mz_buffer_char(&show->work->cli->out.text, '\n');
}

static int run_show(cli_context *cli) {
    cli_casework work;
    mz_error error;
    case_show show = {.work = &work, .label = mz_str_of(cli->operands[0])};
    int ending = cli_casework_open(cli, MZ_RIGHT_NONE, &work);
    if (ending) return ending;
    if (mz_store_read(work.office.store, read_case, &show, &error)) {
        ending = cli_fail(&error);
    } else if (cli->format != CLI_PRINT_TABLE) {
        print_whole(&show);
    } else {
        cli_put_safe(&cli->out.text, show.row.label);
        mz_buffer_str(&cli->out.text, MZ_STR("  "));
        cli_put_safe(&cli->out.text, show.row.caption);
        mz_buffer_str(&cli->out.text, MZ_STR("\n\n"));
        print_alerts(&show);
        mz_buffer_char(&cli->out.text, '\n');
        print_events(&show);
    }
    cli_office_close(&work.office);
    return ending;
}

/* ---- changing ---- */

typedef struct case_act {
    cli_casework *work;
    mz_str label, person, text;
    mz_decision_draft draft;
    mz_case_change change;
    bool approve, proposed;
} case_act;

/* Whatever the case is like now is what was seen: nobody looked at it between. */
static mz_status begin(case_act *act, mz_sql *sql, mz_error *error) {
    mz_case row;
    mz_status status = find_case(sql, act->work, act->label, &row, error);
    act->change = (mz_case_change){.agency = act->work->office.agency.key,
                                   .actor = &act->work->actor,
                                   .case_key = status ? MZ_STR("") : row.key,
                                   .version = -1};
    return status;
}

static int run_act(cli_context *cli, mz_right right, mz_store_work *what, case_act *act, cli_message *message) {
    cli_casework work;
    mz_error error;
    int ending = cli_casework_open(cli, right, &work);
    if (ending) return ending;
    act->work = &work;
    act->label = mz_str_of(cli->operands[0]);
    if (mz_store_change(work.office.store, what, act, &error))
        ending = cli_fail(&error);
    else
        cli_office_say(&work.office, act->proposed ? CLI_SAY_CASE_NOW_PROPOSED : *message, act->label);
    cli_office_close(&work.office);
    return ending;
}

static mz_status decide(void *context, mz_sql *sql, mz_error *error) {
    case_act *act = context;
    mz_arena *arena = &act->work->office.arena;
    mz_str decision;
    mz_decision made;
    mz_status status = begin(act, sql, error);
    if (!status) status = mz_case_decide(sql, &act->change, &act->draft, arena, &decision, error);
    if (!status) status = mz_decision_get(sql, act->change.agency, act->change.case_key, decision, arena, &made, error);
    act->proposed = !status && mz_str_equal(made.phase, MZ_STR("proposed"));
    return status;
}

static int run_decide(cli_context *cli) {
    cli_message message = CLI_SAY_CASE_DECIDED;
    const char *reason = cli_text(cli, CLI_REASON), *disposition = cli_text(cli, CLI_DISPOSITION);
    if (!disposition || !reason) return cli_usage(cli, "a decision needs --disposition and --reason");
    case_act act = {.draft = {.disposition = mz_disposition_of(mz_str_of(disposition)),
                              .reason = mz_str_of(reason),
                              .note = cli_casework_note(cli)}};
    return run_act(cli, MZ_RIGHT_CASES_WORK, decide, &act, &message);
}

/* The one that is proposed. */
static mz_status answer(void *context, mz_sql *sql, mz_error *error) {
    case_act *act = context;
    mz_arena *arena = &act->work->office.arena;
    mz_decision *decisions;
    size_t count;
    mz_status status = begin(act, sql, error);
    if (!status)
        status = mz_case_decisions(sql, act->change.agency, act->change.case_key, arena, &decisions, &count, error);
    if (status) return status;
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(decisions[k].phase, MZ_STR("proposed")))
            return mz_case_answer(sql, &act->change, decisions[k].key, act->approve, act->text, arena, error);
    return mz_fail(error, MZ_ERR_REFUSED, "nothing is proposed in this case");
}

static int run_approve(cli_context *cli) {
    bool back = cli_given(cli, CLI_RETURN);
    cli_message message = back ? CLI_SAY_CASE_RETURNED : CLI_SAY_CASE_APPROVED;
    case_act act = {.approve = !back, .text = cli_casework_note(cli)};
    return run_act(cli, MZ_RIGHT_CASES_APPROVE, answer, &act, &message);
}

static mz_status assign(void *context, mz_sql *sql, mz_error *error) {
    case_act *act = context;
    mz_case_person *people;
    size_t count;
    mz_str key = MZ_STR("");
    mz_status status = begin(act, sql, error);
    if (!status)
        status = mz_case_people(sql, act->change.agency, SIZE_MAX, &act->work->office.arena, &people, &count, error);
    for (size_t k = 0; k < count && !status && act->person.size; k++)
        if (mz_str_equal(people[k].login, act->person)) key = people[k].key;
    if (!status && act->person.size && !key.size)
        status = mz_fail(error, MZ_ERR_NOT_FOUND, "“%s” does not work on cases", act->person.data);
    return status ? status : mz_case_assign(sql, &act->change, key, &act->work->office.arena, error);
}

static int run_assign(cli_context *cli) {
    cli_message message = CLI_SAY_CASE_ASSIGNED;
    case_act act = {.person = cli->operand_count > 1 ? mz_str_of(cli->operands[1]) : MZ_STR("")};
    return run_act(cli, MZ_RIGHT_CASES_WORK, assign, &act, &message);
}

static mz_status note(void *context, mz_sql *sql, mz_error *error) {
    case_act *act = context;
    mz_case_event event;
    mz_status status = begin(act, sql, error);
    return status ? status : mz_case_note(sql, &act->change, act->text, &act->work->office.arena, &event, error);
}

static int run_note(cli_context *cli) {
    cli_message message = CLI_SAY_CASE_NOTED;
    case_act act = {.text = mz_str_of(cli->operands[1])};
    return run_act(cli, MZ_RIGHT_CASES_WORK, note, &act, &message);
}

/* ---- descriptions ---- */

static const cli_option_id list_options[] = {CLI_PHASE,    CLI_LABEL,  CLI_ESCALATED, CLI_AS,
                                             CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id show_options[] = {CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id decide_options[] = {CLI_DISPOSITION, CLI_REASON, CLI_NOTE,     CLI_AS,
                                               CLI_DATABASE,    CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id approve_options[] = {CLI_RETURN, CLI_NOTE, CLI_AS, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};
static const cli_option_id act_options[] = {CLI_AS, CLI_DATABASE, CLI_AGENCY, CLI_NO_OPTION};

#define AS_SOMEBODY                                                                                                    \
    "What is done is done as the person whom --as names, with the rights that this person has, and stands in the "     \
    "case and in the audit chain as done by command."

static const cli_example list_examples[] = {
    {"mizan cases list", "the queue, the heaviest first"},
    {"mizan cases list --as amal --format csv", "what is assigned to somebody, as a table"},
};
const cli_command cli_cases_list = {
    .name = "cases list",
    .operands = "",
    .summary = "list the cases of an agency",
    .description = "All but closed ones, unless --phase says otherwise; those of one person with --as. A table shows "
                   "the first two hundred, json and csv all.",
    .examples = list_examples,
    .example_count = sizeof list_examples / sizeof list_examples[0],
    .options = list_options,
    .run = run_list,
};

static const cli_example show_examples[] = {{"mizan cases show 2026-000123", "alerts, and what happened so far"}};
const cli_command cli_cases_show = {
    .name = "cases show",
    .operands = "CASE",
    .summary = "show a case with its alerts, decisions and history",
    .description = "CASE is the label that mizan cases list shows.",
    .examples = show_examples,
    .example_count = 1,
    .options = show_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_show,
};

static const cli_example decide_examples[] = {
    {"mizan cases decide 2026-000123 --disposition false-positive --reason other-birth-date --as amal",
     "all alerts of the case that are open"},
};
const cli_command cli_cases_decide = {
    .name = "cases decide",
    .operands = "CASE",
    .summary = "decide on the open alerts of a case, or propose a decision",
    .description = AS_SOMEBODY " Where the agency asks for four eyes, the decision is proposed.",
    .examples = decide_examples,
    .example_count = 1,
    .options = decide_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_decide,
};

static const cli_example approve_examples[] = {
    {"mizan cases approve 2026-000123 --as chadia --note seen", "by somebody else than who proposed it"},
    {"mizan cases approve 2026-000123 --as chadia --return", "back to work"},
};
const cli_command cli_cases_approve = {
    .name = "cases approve",
    .operands = "CASE",
    .summary = "approve or return what another person proposed",
    .description = AS_SOMEBODY,
    .examples = approve_examples,
    .example_count = sizeof approve_examples / sizeof approve_examples[0],
    .options = approve_options,
    .least = 1,
    .most = 1,
    .operand = CLI_KIND_TEXT,
    .run = run_approve,
};

static const cli_example assign_examples[] = {
    {"mizan cases assign 2026-000123 badr --as amal", "to somebody who works on cases"},
    {"mizan cases assign 2026-000123 --as amal", "to nobody"},
};
const cli_command cli_cases_assign = {
    .name = "cases assign",
    .operands = "CASE [NAME]",
    .summary = "give a case to somebody, or to nobody",
    .description = AS_SOMEBODY " NAME is the name with which the person signs in.",
    .examples = assign_examples,
    .example_count = sizeof assign_examples / sizeof assign_examples[0],
    .options = act_options,
    .least = 1,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run_assign,
};

static const cli_example note_examples[] = {
    {"mizan cases note 2026-000123 '@badr the passport is in the file' --as amal", "badr sees that he is mentioned"}};
const cli_command cli_cases_note = {
    .name = "cases note",
    .operands = "CASE TEXT",
    .summary = "write a note into a case",
    .description = AS_SOMEBODY " “@” and a name to sign in with mention somebody.",
    .examples = note_examples,
    .example_count = 1,
    .options = act_options,
    .least = 2,
    .most = 2,
    .operand = CLI_KIND_TEXT,
    .run = run_note,
};
