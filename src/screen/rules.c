#include "mizan/screen.h"

const char *mz_rule_name(mz_rule rule) {
    static const char *const names[MZ_RULE_COUNT] = {
        [MZ_RULE_SAME] = "same",
        [MZ_RULE_SPELLING] = "spelling",
        [MZ_RULE_SCRIPT] = "script",
        [MZ_RULE_JOINED] = "joined",
        [MZ_RULE_INITIAL] = "initial",
        [MZ_RULE_EQUIVALENT] = "equivalent",
        [MZ_RULE_LEGAL_FORM] = "legal form",
        [MZ_RULE_NUMBER] = "number",
        [MZ_RULE_MISSING] = "missing",
        [MZ_RULE_EXTRA] = "extra",
        [MZ_RULE_DIFFERENT] = "different",
        [MZ_RULE_ORDER] = "order",
        [MZ_RULE_WEAK_ALIAS] = "weak alias",
        [MZ_RULE_DATE] = "date",
        [MZ_RULE_COUNTRY] = "country",
        [MZ_RULE_GENDER] = "gender",
        [MZ_RULE_PLACE] = "place",
        [MZ_RULE_ADDRESS] = "address",
        [MZ_RULE_IDENTIFIER] = "identifier",
    };
    return rule < MZ_RULE_COUNT ? names[rule] : "?";
}
