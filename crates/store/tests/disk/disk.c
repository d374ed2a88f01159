/* A disk that tells: loaded before the C library (LD_PRELOAD), it writes down, in order, every write, change of length and sync of the files under
   a folder, so that a test can make of it what a power loss leaves. It can also fail: from the n-th of these operations on, so many times.

   DISK_UNDER   the folder
   DISK_LOG     the file to write to: records of op (1 byte), file (1 byte of length, then its name), offset and length (8 bytes each), data
   DISK_READ_ONLY   a file: while it is there, the folder is as on a disk that was mounted read-only
   DISK_FAIL_AT, DISK_FAIL_TIMES, DISK_ERRNO   which operation fails, how many do, and with which error */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096
static char *names[MOST];
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static long long count = 0, fail_at = -1, fail_times = 1;
static int fail_with = EIO;
static const char *under = 0, *read_only = 0;

static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void begin(void) {
    real_open = dlsym(RTLD_NEXT, "open");
    real_close = dlsym(RTLD_NEXT, "close");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    under = getenv("DISK_UNDER");
    read_only = getenv("DISK_READ_ONLY");
    const char *to = getenv("DISK_LOG"), *at = getenv("DISK_FAIL_AT"), *times = getenv("DISK_FAIL_TIMES"), *with = getenv("DISK_ERRNO");
    if (to) log_fd = real_open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (at) fail_at = atoll(at);
    if (times) fail_times = atoll(times);
    if (with) fail_with = atoi(with);
}

/* Is a path in the folder, or the folder? */
static int below(const char *path) {
    if (!under || !path) return 0;
    size_t length = strlen(under);
    return !strncmp(path, under, length) && (path[length] == '/' || !path[length]);
}

/* The disk is read-only now: says so as the system does. */
static int refuses(void) {
    int before = errno;
    if (!read_only || access(read_only, F_OK)) {
        errno = before;
        return 0;
    }
    errno = EROFS;
    return 1;
}

/* The name of a file below the folder; none for others, and for the index of the log, which is made anew after a loss. */
static const char *followed(const char *path) {
    if (!below(path)) return 0;
    size_t length = strlen(under), all = strlen(path);
    if (all > 4 && !strcmp(path + all - 4, "-shm")) return 0;
    return path[length] ? path + length + 1 : "";
}

static void put(const void *from, size_t length) {
    const char *at = from;
    while (length) {
        ssize_t done = real_write(log_fd, at, length);
        if (done <= 0) abort();
        at += done;
        length -= (size_t)done;
    }
}

static void note(char op, const char *name, uint64_t offset, uint64_t length, const void *data) {
    if (log_fd < 0) return;
    uint8_t named = (uint8_t)strlen(name);
    put(&op, 1);
    put(&named, 1);
    put(name, named);
    put(&offset, 8);
    put(&length, 8);
    if (data) put(data, length);
}

/* What is told of the database counts; what the test itself writes beside it does not fail. */
static int fails(const char *name) {
    if (!strcmp(name, "acknowledged")) return 0;
    if (refuses()) return 1;
    count++;
    if (fail_at < 0 || count < fail_at || count >= fail_at + fail_times) return 0;
    errno = fail_with;
    return 1;
}

static const char *of(int fd) { return fd >= 0 && fd < MOST ? names[fd] : 0; }

static int opened(int fd, const char *path, int flags) {
    const char *name = followed(path);
    if (fd < 0 || fd >= MOST) return fd;
    pthread_mutex_lock(&turn);
    free(names[fd]);
    names[fd] = name ? strdup(name) : 0;
    if (name && *name && (flags & O_CREAT)) note('c', name, 0, 0, 0);
    if (name && (flags & O_TRUNC)) note('t', name, 0, 0, 0);
    pthread_mutex_unlock(&turn);
    return fd;
}

/* Would this open for writing what cannot be written? Its index counts here: a new one cannot be made either. */
static int writes(const char *path, int flags) {
    return below(path) && (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) && refuses();
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (writes(path, flags)) return -1;
    return opened(real_open(path, flags, mode), path, flags);
}
int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (writes(path, flags)) return -1;
    return opened(real_open(path, flags, mode), path, flags);
}

int close(int fd) {
    if (of(fd)) {
        pthread_mutex_lock(&turn);
        free(names[fd]);
        names[fd] = 0;
        pthread_mutex_unlock(&turn);
    }
    return real_close(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
    if (!of(fd)) return real_write(fd, data, length);
    pthread_mutex_lock(&turn);
    ssize_t done = -1;
    if (!fails(names[fd])) {
        done = real_write(fd, data, length);
        if (done > 0) note('w', names[fd], (uint64_t)(lseek(fd, 0, SEEK_CUR) - done), (uint64_t)done, data);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t at) {
    if (!of(fd)) return real_pwrite(fd, data, length, at);
    pthread_mutex_lock(&turn);
    ssize_t done = -1;
    if (!fails(names[fd])) {
        done = real_pwrite(fd, data, length, at);
        if (done > 0) note('w', names[fd], (uint64_t)at, (uint64_t)done, data);
    }
    pthread_mutex_unlock(&turn);
    return done;
}
ssize_t pwrite64(int fd, const void *data, size_t length, off_t at) { return pwrite(fd, data, length, at); }

int ftruncate(int fd, off_t length) {
    if (!of(fd)) return real_ftruncate(fd, length);
    pthread_mutex_lock(&turn);
    int done = -1;
    if (!fails(names[fd])) {
        done = real_ftruncate(fd, length);
        if (!done) note('t', names[fd], (uint64_t)length, 0, 0);
    }
    pthread_mutex_unlock(&turn);
    return done;
}
int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

static int synced(int fd, int (*sync)(int)) {
    if (!of(fd)) return sync(fd);
    pthread_mutex_lock(&turn);
    int done = -1;
    if (!fails(names[fd])) {
        done = 0; /* The test is about what the program asks for, and is quick if no real disk is waited for. */
        note('s', names[fd], 0, 0, 0);
    }
    pthread_mutex_unlock(&turn);
    return done;
}
int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int unlink(const char *path) {
    const char *name = followed(path);
    if (below(path) && refuses()) return -1;
    int done = real_unlink(path);
    if (name && !done) {
        pthread_mutex_lock(&turn);
        note('u', name, 0, 0, 0);
        pthread_mutex_unlock(&turn);
    }
    return done;
}
