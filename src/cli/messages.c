#include "cli/messages.h"

#include "base/fill.h"

static const char *const texts[CLI_MESSAGE_COUNT][3] = {
#define CLI_X(name, english, french, arabic)                                                                           \
    [CLI_SAY_##name] = {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic},
    CLI_MESSAGES(CLI_X) CLI_EXPLAIN_MESSAGES(CLI_X) CLI_POLICY_MESSAGES(CLI_X) CLI_SERVE_MESSAGES(CLI_X)
        CLI_PEOPLE_MESSAGES(CLI_X) CLI_TASK_MESSAGES(CLI_X) CLI_AUDIT_MESSAGES(CLI_X) CLI_CASE_MESSAGES(CLI_X)
            CLI_SUBJECT_MESSAGES(CLI_X) CLI_PLAN_MESSAGES(CLI_X) CLI_INDEX_MESSAGES(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic)                                                                           \
    [CLI_SAY_PROPERTY_##name] = {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic},
                MZ_PROPERTY_WORDS(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic)                                                                           \
    [CLI_SAY_PRICE_##name] = {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic},
                    CLI_PRICE_MESSAGES(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic)                                                                           \
    [CLI_SAY_COUNTER_##name] = {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic},
                        CLI_COUNTER_MESSAGES(CLI_X)
#undef CLI_X
#define CLI_X(name, english, french, arabic)                                                                           \
    [CLI_SAY_STAGE_##name] = {[MZ_ENGLISH] = "" english, [MZ_FRENCH] = "" french, [MZ_ARABIC] = "" arabic},
                            CLI_STAGE_MESSAGES(CLI_X)
#undef CLI_X
};

/* By counter and by stage: all of them, in any order. */
static const cli_message counter_labels[] = {
#define CLI_X(name, english, french, arabic) [MZ_PLAN_##name] = CLI_SAY_COUNTER_##name,
    CLI_COUNTER_MESSAGES(CLI_X)
#undef CLI_X
};
static const cli_message stage_labels[] = {
#define CLI_X(name, english, french, arabic) [MZ_PLAN_IN_##name] = CLI_SAY_STAGE_##name,
    CLI_STAGE_MESSAGES(CLI_X)
#undef CLI_X
};
#define CLI_X(name, english, french, arabic) +1
_Static_assert(0 CLI_COUNTER_MESSAGES(CLI_X) == MZ_PLAN_COUNTER_COUNT, "each counter has a label");
_Static_assert(0 CLI_STAGE_MESSAGES(CLI_X) == MZ_PLAN_STAGE_COUNT, "each stage has a label");
#undef CLI_X

/* By price; 0 where the label is missing. */
static const cli_message price_labels[MZ_PRICE_COUNT] = {
#define CLI_X(name, english, french, arabic) [MZ_PRICE_##name] = CLI_SAY_PRICE_##name,
    CLI_PRICE_MESSAGES(CLI_X)
#undef CLI_X
};

/* By property; 0, which is none of them, where the label is missing. */
static const cli_message labels[MZ_PROPERTY_COUNT] = {
#define CLI_X(name, english, french, arabic) [MZ_PROP_##name] = CLI_SAY_PROPERTY_##name,
    MZ_PROPERTY_WORDS(CLI_X)
#undef CLI_X
};

const char *cli_message_text(cli_message message, mz_language language) {
    return texts[message][language];
}

const char *cli_price_label(mz_price price, mz_language language) {
    cli_message label = price_labels[price];
    return label ? texts[label][language] : mz_price_of(price)->name;
}

const char *cli_counter_label(mz_plan_counter counter, mz_language language) {
    return texts[counter_labels[counter]][language];
}

const char *cli_stage_label(mz_plan_stage stage, mz_language language) {
    return texts[stage_labels[stage]][language];
}

const char *cli_property_label(mz_property property, mz_language language) {
    cli_message label = labels[property];
    return label ? texts[label][language] : mz_property_name(property);
}

void cli_say(mz_buffer *out, mz_language language, cli_message message, const char *const *values) {
    mz_fill(out, texts[message][language], values);
}

const char *cli_digit_separator(mz_language language) {
    return language == MZ_ENGLISH ? "," : "\u202F"; /* narrow no-break space */
}
