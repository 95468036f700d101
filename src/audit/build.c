#include "audit/build.h"

#include "audit/version.h"

#include <elf.h>
#include <link.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

const char *mz_build_version(void) {
    return MZ_AUDIT_VERSION;
}

static size_t padded(size_t size) {
    return (size + 3) & ~(size_t)3;
}

static void take_note(const unsigned char *at, size_t size, char *id) {
    ElfW(Nhdr) note;
    while (size >= sizeof note) {
        memcpy(&note, at, sizeof note);
        size_t name = padded(note.n_namesz), whole = sizeof note + name + padded(note.n_descsz);
        const unsigned char *bytes = at + sizeof note + name;
        if (whole > size) return;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(at + sizeof note, "GNU", 4) == 0 &&
            2 * note.n_descsz < MZ_BUILD_ID_SIZE)
            (void)sodium_bin2hex(id, MZ_BUILD_ID_SIZE, bytes, note.n_descsz);
        at += whole;
        size -= whole;
    }
}

/* The first object is the program itself. */
static int take_object(struct dl_phdr_info *object, size_t size, void *id) {
    (void)size;
    for (int k = 0; k < object->dlpi_phnum; k++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[k];
        const void *at = (const void *)(object->dlpi_addr + part->p_vaddr);
        if (part->p_type == PT_NOTE) take_note(at, part->p_memsz, id);
    }
    return 1;
}

void mz_build_id(char ret_id[MZ_BUILD_ID_SIZE]) {
    ret_id[0] = '\0';
    (void)dl_iterate_phdr(take_object, ret_id);
}

void mz_build_name(char ret_name[MZ_BUILD_NAME_SIZE]) {
    char id[MZ_BUILD_ID_SIZE];
    mz_build_id(id);
    (void)snprintf(ret_name, MZ_BUILD_NAME_SIZE, "mizan %s (%s)", MZ_AUDIT_VERSION, id);
}
