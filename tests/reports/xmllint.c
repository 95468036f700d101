#include "xmllint.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_THERE = 127 };

bool xmllint_takes(mz_str xml) {
    char path[512], schema[512];
    snprintf(schema, sizeof schema, "%s/data/messages/goaml/v5.0.2_goAMLSchema.xsd", mz_test_shared());
    if (access(schema, R_OK) != 0) mz_test_skip("%s is not there", schema);
    snprintf(path, sizeof path, "%s/report.xml", mz_test_folder());
    FILE *file = fopen(path, "we");
    CHECK(file != NULL);
    CHECK_INT(xml.size, fwrite(xml.data, 1, xml.size, file));
    CHECK_INT(0, fclose(file));
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (getenv("MIZAN_TEST_VERBOSE") == NULL) (void)dup2(nowhere, STDERR_FILENO);
        (void)execlp("xmllint", "xmllint", "--noout", "--nonet", "--schema", schema, path, (char *)NULL);
        _exit(NOT_THERE);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE) mz_test_skip("xmllint is not there (libxml2-utils)");
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
