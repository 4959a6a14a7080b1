#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <sodium.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "i18n/tr.h"
#include "operate/sandbox.h"
#include "print/paper.h"
#include "print/press.h"

/* The sandbox has no way out, so every case runs in a child of its own and answers by exit code. */
static int in_sandbox(bool (*holds)(void))
{
    pid_t child = fork();
    if (child == 0) {
        alarm(60);
        if (sandbox_enter() != OK)
            _exit(2);
        _exit(holds() ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static void *count(void *number)
{
    *(int *)number += 1;
    return NULL;
}

static bool threads_run(void)
{
    int number = 0;
    pthread_t thread;
    return pthread_create(&thread, NULL, count, &number) == 0 && pthread_join(thread, NULL) == 0 &&
           number == 1 && usleep(1000) == 0;
}

static bool files_are_written(void)
{
    char folder[] = "/tmp/weerklank-sandbox.XXXXXX";
    if (!mkdtemp(folder) || chdir(folder) == 0) /* files are named whole, nobody moves */
        return false;
    char a[64], b[64];
    (void)snprintf(a, sizeof a, "%s/a", folder);
    (void)snprintf(b, sizeof b, "%s/b", folder);
    int file = open(a, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char *map = MAP_FAILED;
    bool done = file >= 0 && write(file, "text", 4) == 4 && fsync(file) == 0 &&
                fdatasync(file) == 0 && ftruncate(file, 4096) == 0 && fchmod(file, 0640) == 0 &&
                fcntl(file, F_SETLK, &lock) == 0;
    if (done)
        map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    done = done && map != MAP_FAILED && memcmp(map, "text", 4) == 0 && munmap(map, 4096) == 0 &&
           close(file) == 0 && rename(a, b) == 0 && access(a, F_OK) < 0 && unlink(b) == 0;
    return rmdir(folder) == 0 && done;
}

static bool talk(int listener, int client, const struct sockaddr *address, socklen_t len)
{
    char said[4] = "";
    int server;
    return listener >= 0 && client >= 0 && connect(client, address, len) == 0 &&
           (server = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0 &&
           send(client, "ping", 4, MSG_NOSIGNAL) == 4 && usleep(1000) == 0 &&
           recv(server, said, 4, 0) == 4 && memcmp(said, "ping", 4) == 0 && close(server) == 0;
}

static bool sockets_talk(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr *any = (struct sockaddr *)&address;
    socklen_t len = sizeof address;
    int one = 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) < 0 ||
        bind(listener, any, len) < 0 || listen(listener, 8) < 0 ||
        getsockname(listener, any, &len) < 0)
        return false;
    int wake = eventfd(0, EFD_CLOEXEC);
    int set = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN};
    if (epoll_ctl(set, EPOLL_CTL_ADD, wake, &event) < 0 || eventfd_write(wake, 1) < 0 ||
        epoll_wait(set, &event, 1, 1000) != 1)
        return false;
    int pair[2];
    int waiting = 0;
    return talk(listener, socket(AF_INET, SOCK_STREAM, 0), any, len) &&
           socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 &&
           ioctl(pair[0], FIONREAD, &waiting) == 0;
}

static bool names_resolve(void)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG};
    struct addrinfo *found = NULL;
    if (getaddrinfo("localhost", "80", &hints, &found) != 0)
        return false;
    freeaddrinfo(found);
    return true;
}

static struct paper_press *press; /* opened before the door is locked */

/* The fonts are unpacked at the first page, so behind the door. */
static bool pages_are_printed(void)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct paper *paper = NULL;
    struct tr *tr = NULL;
    struct bytes pdf;
    if (!arena || tr_new(LANG_NL, NULL, 0, &tr) != OK)
        return false;
    struct paper_look look = {.tr = tr, .title = "Proef"};
    if (paper_open(arena, &look, &paper) != OK)
        return false;
    paper_title(paper, "Proef", NULL, "t-doel");
    return paper_print(paper, press, &pdf) == OK &&
           memmem(pdf.data, pdf.len, "+Andika-Bold", 12) != NULL;
}

static bool libraries_work(void)
{
    char hash[crypto_pwhash_STRBYTES];
    void *secret = sodium_malloc(32);
    iconv_t codes = iconv_open("UTF-8", "WINDOWS-1252"); /* loads a library */
    bool done = secret && codes != (iconv_t)-1 &&
                crypto_pwhash_str(hash, "x", 1, crypto_pwhash_OPSLIMIT_MIN,
                                  crypto_pwhash_MEMLIMIT_MIN) == 0;
    if (secret) {
        randombytes_buf(secret, 32);
        done = done && sodium_mprotect_readonly(secret) == 0;
        sodium_free(secret);
    }
    if (codes != (iconv_t)-1)
        iconv_close(codes);
    return done;
}

static void the_work_of_a_server_goes_on(void **state UNUSED)
{
    assert_int_equal(in_sandbox(threads_run), 0);
    assert_int_equal(in_sandbox(files_are_written), 0);
    assert_int_equal(in_sandbox(sockets_talk), 0);
    assert_int_equal(in_sandbox(names_resolve), 0);
    assert_int_equal(in_sandbox(libraries_work), 0);
    assert_int_equal(paper_press_open(&press), OK);
    assert_int_equal(in_sandbox(pages_are_printed), 0);
    paper_press_close(press);
}

/* A refused call and its arguments. They are such that without the sandbox it would not answer
   EPERM, where that is possible without harm. */
static const struct refused {
    const char *name;
    long call, a, b, c;
} refused[] = {
    {"execve", SYS_execve, 0, 0, 0},
    {"execveat", SYS_execveat, -1, 0, 0},
    {"fork", SYS_fork, 0, 0, 0},
    {"vfork", SYS_vfork, 0, 0, 0},
    {"clone of a process", SYS_clone, SIGCHLD, 0, 0},
    {"ptrace", SYS_ptrace, 0, 0, 0},
    {"process_vm_readv", SYS_process_vm_readv, 1, 0, 0},
    {"kill", SYS_kill, 0, 0, 0},
    {"setuid", SYS_setuid, 0, 0, 0},
    {"setgid", SYS_setgid, 0, 0, 0},
    {"capset", SYS_capset, 0, 0, 0},
    {"unshare", SYS_unshare, 0, 0, 0},
    {"setns", SYS_setns, -1, 0, 0},
    {"mount", SYS_mount, 0, 0, 0},
    {"umount2", SYS_umount2, 0, 0, 0},
    {"chroot", SYS_chroot, 0, 0, 0},
    {"chdir", SYS_chdir, 0, 0, 0},
    {"pivot_root", SYS_pivot_root, 0, 0, 0},
    {"symlink", SYS_symlink, 0, 0, 0},
    {"mknod", SYS_mknod, 0, 0, 0},
    {"setxattr", SYS_setxattr, 0, 0, 0},
    {"bpf", SYS_bpf, 0, 0, 0},
    {"perf_event_open", SYS_perf_event_open, 0, 0, 0},
    {"userfaultfd", SYS_userfaultfd, -1, 0, 0},
    {"io_uring_setup", SYS_io_uring_setup, 0, 0, 0},
    {"keyctl", SYS_keyctl, -1, 0, 0},
    {"init_module", SYS_init_module, 0, 0, 0},
    {"kexec_load", SYS_kexec_load, 0, -1, 0},
    {"reboot", SYS_reboot, 0, 0, 0},
    {"swapon", SYS_swapon, 0, 0, 0},
    {"settimeofday", SYS_settimeofday, -1, 0, 0},
    {"open_by_handle_at", SYS_open_by_handle_at, -1, 0, 0},
    {"memfd_create", SYS_memfd_create, 0, 0, 0},
    {"personality", SYS_personality, 0xFFFFFFFF, 0, 0},
    {"seccomp", SYS_seccomp, -1, 0, 0},
    {"packet socket", SYS_socket, AF_PACKET, SOCK_DGRAM, 0},
    {"crypto socket", SYS_socket, AF_ALG, SOCK_SEQPACKET, 0},
    {"virtual machine socket", SYS_socket, AF_VSOCK, SOCK_STREAM, 0},
    {"bluetooth socket", SYS_socket, AF_BLUETOOTH, SOCK_RAW, 0},
    {"pair of other sockets", SYS_socketpair, AF_INET, SOCK_STREAM, 0},
    {"typing into a terminal", SYS_ioctl, 0, TIOCSTI, 0},
    {"memory that is written and run", SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC},
};
static size_t current;

static bool is_refused(void)
{
    const struct refused *r = &refused[current];
    errno = 0;
    long answer = r->call == SYS_mmap
                      ? syscall(r->call, r->a, r->b, r->c, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                      : syscall(r->call, r->a, r->b, r->c, 0, 0, 0);
    if (r->call != SYS_mmap && answer == 0) /* the other side of a fork */
        _exit(1);
    return answer == -1 && errno == EPERM;
}

static void what_an_intruder_wants_is_refused(void **state UNUSED)
{
    for (current = 0; current < ARRAY_LEN(refused); current++) {
        int answer = in_sandbox(is_refused);
        if (answer != 0)
            fail_msg("%s was not refused (%d)", refused[current].name, answer);
    }
}

static bool memory_stays_data(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) < 0 &&
           errno == EPERM && mprotect(page, 4096, PROT_READ) == 0;
}

static bool a_clone3_looks_absent(void)
{
    return syscall(SYS_clone3, NULL, 0) == -1 && errno == ENOSYS;
}

static bool nobody_may_look(void)
{
    return prctl(PR_GET_DUMPABLE) == 0 && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 &&
           prctl(PR_GET_SECCOMP) == 2;
}

static void the_rest_of_the_lock(void **state UNUSED)
{
    assert_int_equal(in_sandbox(memory_stays_data), 0);
    assert_int_equal(in_sandbox(a_clone3_looks_absent), 0);
    assert_int_equal(in_sandbox(nobody_may_look), 0);
}

static void *wait_and_try(void *pipe_end)
{
    char byte;
    ssize_t n = read(*(int *)pipe_end, &byte, 1);
    bool locked = n == 1 && syscall(SYS_unshare, 0) == -1 && errno == EPERM;
    return locked ? pipe_end : NULL;
}

/* A thread that ran before the door was locked is inside as well. */
static void threads_from_before_are_inside(void **state UNUSED)
{
    pid_t child = fork();
    if (child == 0) {
        int ends[2];
        pthread_t thread;
        void *locked = NULL;
        bool done = pipe2(ends, O_CLOEXEC) == 0 &&
                    pthread_create(&thread, NULL, wait_and_try, &ends[0]) == 0 &&
                    sandbox_enter() == OK && write(ends[1], "x", 1) == 1 &&
                    pthread_join(thread, &locked) == 0 && locked;
        _exit(done ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* Twice: the second time the filter refuses `seccomp`, and the caller is told. */
static bool a_second_time_fails(void)
{
    log_set_level(LOG_ERROR);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    return dup2(nowhere, STDERR_FILENO) == STDERR_FILENO && sandbox_enter() == ERR_IO;
}

static void a_kernel_that_refuses_is_noticed(void **state UNUSED)
{
    assert_int_equal(in_sandbox(a_second_time_fails), 0);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_work_of_a_server_goes_on),
        cmocka_unit_test(what_an_intruder_wants_is_refused),
        cmocka_unit_test(the_rest_of_the_lock),
        cmocka_unit_test(threads_from_before_are_inside),
        cmocka_unit_test(a_kernel_that_refuses_is_noticed),
    };
    return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
