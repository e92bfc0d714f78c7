/* A disk that fails: the n-th call that touches a file under a folder, and every one after it, gives an I/O error.
 * Loaded before the system's library (LD_PRELOAD); armed from inside the process. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static long left = -1, met = 0;

void fail_after(const char *where, long calls) {
    strncpy(folder, where, sizeof folder - 1);
    left = calls;
    met = 0;
}

long calls_met(void) { return met; }

static int fails(int handle) {
    char link[64], path[4096];
    ssize_t size;
    if (left < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    size = readlink(link, path, sizeof path - 1);
    if (size <= 0) return 0;
    path[size] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    met++;
    if (met <= left) return 0;
    errno = EIO;
    return 1;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t pwrite64(int f, const void *b, size_t n, off64_t at) { REAL(pwrite64); return fails(f) ? -1 : real(f, b, n, at); }
ssize_t pwrite(int f, const void *b, size_t n, off_t at) { REAL(pwrite); return fails(f) ? -1 : real(f, b, n, at); }
ssize_t write(int f, const void *b, size_t n) { REAL(write); return fails(f) ? -1 : real(f, b, n); }
ssize_t pread64(int f, void *b, size_t n, off64_t at) { REAL(pread64); return fails(f) ? -1 : real(f, b, n, at); }
ssize_t pread(int f, void *b, size_t n, off_t at) { REAL(pread); return fails(f) ? -1 : real(f, b, n, at); }
ssize_t read(int f, void *b, size_t n) { REAL(read); return fails(f) ? -1 : real(f, b, n); }
int fsync(int f) { REAL(fsync); return fails(f) ? -1 : real(f); }
int fdatasync(int f) { REAL(fdatasync); return fails(f) ? -1 : real(f); }
int ftruncate64(int f, off64_t n) { REAL(ftruncate64); return fails(f) ? -1 : real(f, n); }
int ftruncate(int f, off_t n) { REAL(ftruncate); return fails(f) ? -1 : real(f, n); }
