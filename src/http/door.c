#include "http/door.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "http/threads.h"

#define TICK_MS 500
#define NO_ROOM_MS 20 /* how soon to look again when full, or out of file descriptors */
#define AT_ONCE 64    /* connections let in before looking at the clock again */
#define BACKLOG 1024
/*
 * For a client that vanished without a word (a tablet out of reach): what is sent to it, and be it
 * the heartbeat of a stream, is waited for this long. The system's own patience is a quarter of an
 * hour.
 */
#define SILENT_MS 60000

struct door {
    int listener;
    int bell; /* eventfd: something of the flags below changed */
    uint16_t port;
    atomic_bool shutting;
    atomic_bool ending;
    bool running;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool shut;
    struct door_hooks hooks;
};

static enum status listen_on(const struct addrinfo *info, int *ret_fd, uint16_t *ret_port)
{
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return ERR_IO;
    int on = 1;
    struct sockaddr_in6 bound; /* the larger of the two we can get */
    socklen_t len = sizeof bound;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, info->ai_addr, info->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, (struct sockaddr *)&bound, &len) != 0) {
        close(fd);
        return ERR_IO;
    }
    *ret_fd = fd;
    *ret_port = ntohs(bound.sin6_port); /* the port stands at the same place for both families */
    return OK;
}

static enum status listener_open(const char *address, uint16_t port, int *ret_fd,
                                 uint16_t *ret_port)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                                   .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    char service[8];
    (void)snprintf(service, sizeof service, "%u", port);
    struct addrinfo *info = NULL;
    if (getaddrinfo(address, service, &hints, &info) != 0)
        return ERR_INVALID;
    enum status st = listen_on(info, ret_fd, ret_port);
    freeaddrinfo(info);
    return st;
}

enum status door_open(const char *address, uint16_t port, struct door **ret_door)
{
    struct door *door = calloc(1, sizeof *door);
    if (!door)
        return ERR_NOMEM;
    enum status st = listener_open(address, port, &door->listener, &door->port);
    if (st != OK) {
        free(door);
        return st;
    }
    door->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (door->bell < 0) {
        close(door->listener);
        free(door);
        return ERR_IO;
    }
    pthread_mutex_init(&door->lock, NULL);
    pthread_cond_init(&door->changed, NULL);
    *ret_door = door;
    return OK;
}

uint16_t door_port(const struct door *door)
{
    return door->port;
}

/* Lets in who waits, at most AT_ONCE. False when the system is out of descriptors for now. */
static bool let_in(struct door *door)
{
    for (int i = 0; i < AT_ONCE && door->hooks.has_room(door->hooks.context); i++) {
        struct sockaddr_storage address;
        socklen_t len = sizeof address;
        int fd = accept4(door->listener, (struct sockaddr *)&address, &len,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
        const unsigned silent_ms = SILENT_MS;
        if (fd >= 0) {
            (void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &silent_ms, sizeof silent_ms);
            door->hooks.enter(door->hooks.context, fd, (struct sockaddr *)&address, len);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return false;
        else if (errno != EINTR && errno != ECONNABORTED)
            break;
    }
    return true;
}

static void shut(struct door *door)
{
    (void)let_in(door);
    close(door->listener);
    pthread_mutex_lock(&door->lock);
    door->listener = -1;
    door->shut = true;
    pthread_cond_signal(&door->changed);
    pthread_mutex_unlock(&door->lock);
}

static void *door_main(void *context)
{
    struct door *door = context;
    int64_t next_tick = clock_ticks_us() + TICK_MS * 1000;
    bool descriptors = true;
    while (!atomic_load(&door->ending)) {
        bool room = descriptors && door->hooks.has_room(door->hooks.context);
        struct pollfd fds[2] = {
            {.fd = door->bell, .events = POLLIN},
            {.fd = room ? door->listener : -1, .events = POLLIN}, /* -1: poll() skips it */
        };
        int64_t wait_ms = (next_tick - clock_ticks_us() + 999) / 1000;
        if (!room && wait_ms > NO_ROOM_MS)
            wait_ms = NO_ROOM_MS;
        (void)poll(fds, 2, wait_ms < 0 ? 0 : (int)wait_ms);
        uint64_t rings;
        if (fds[0].revents && read(door->bell, &rings, sizeof rings) < 0 && errno != EAGAIN)
            break;
        descriptors = !(fds[1].revents & POLLIN) || let_in(door);
        if (door->listener >= 0 && atomic_load(&door->shutting))
            shut(door);
        int64_t now = clock_ticks_us();
        if (now >= next_tick) {
            door->hooks.tick(door->hooks.context, now);
            next_tick = now + TICK_MS * 1000;
        }
    }
    return NULL;
}

enum status door_start(struct door *door, const struct door_hooks *hooks)
{
    door->hooks = *hooks;
    door->running = thread_start(&door->thread, "http-door", door_main, door);
    return door->running ? OK : ERR_NOMEM;
}

static void ring(struct door *door)
{
    const uint64_t one = 1;
    ssize_t written = write(door->bell, &one, sizeof one);
    (void)written; /* only a full counter refuses, and then the bell rings already */
}

void door_shut(struct door *door)
{
    if (!door->running)
        return;
    atomic_store(&door->shutting, true);
    ring(door);
    pthread_mutex_lock(&door->lock);
    while (!door->shut)
        pthread_cond_wait(&door->changed, &door->lock);
    pthread_mutex_unlock(&door->lock);
}

void door_free(struct door *door)
{
    if (!door)
        return;
    if (door->running) {
        atomic_store(&door->ending, true);
        ring(door);
        pthread_join(door->thread, NULL);
    }
    if (door->listener >= 0)
        close(door->listener);
    close(door->bell);
    pthread_cond_destroy(&door->changed);
    pthread_mutex_destroy(&door->lock);
    free(door);
}
