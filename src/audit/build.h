/* Which program this is. */
#ifndef MIZAN_AUDIT_BUILD_H
#define MIZAN_AUDIT_BUILD_H

enum { MZ_BUILD_ID_SIZE = 129, MZ_BUILD_NAME_SIZE = MZ_BUILD_ID_SIZE + 32 };

/* "0.1.0" */
const char *mz_build_version(void);
/* What the linker made of all that went into the program, in hexadecimal digits (the note NT_GNU_BUILD_ID of ELF); ""
 * where it made none. Two programs with the same id are the same to the byte. */
void mz_build_id(char ret_id[MZ_BUILD_ID_SIZE]);
/* Both, for comparing: "mizan 0.1.0 (6b1f…)". Another build of the same version is another program: what it answers may
 * be other. */
void mz_build_name(char ret_name[MZ_BUILD_NAME_SIZE]);

#endif
