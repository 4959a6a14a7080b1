/*
 * door: the listening socket and the thread beside it, which lets connections in and, twice a
 * second, calls for the chores (cutting slow clients, heartbeats). Knows sockets; knows no HTTP.
 */
#ifndef HTTP_DOOR_H
#define HTTP_DOOR_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/status.h"

struct door;

struct door_hooks {
    void *context;
    /* A new connection, non-blocking; the hook owns `fd`. */
    void (*enter)(void *context, int fd, const struct sockaddr *address, socklen_t len);
    /* False while there is no room: new connections wait in the kernel's queue. */
    bool (*has_room)(void *context);
    void (*tick)(void *context, int64_t now_us);
};

/*
 * Listens on a numeric address; port 0 takes a free one. ERR_INVALID for an address that is none,
 * ERR_IO when it cannot be had, ERR_NOMEM.
 */
NODISCARD enum status door_open(const char *address, uint16_t port, struct door **ret_door);
uint16_t door_port(const struct door *door);

/* Starts the thread. ERR_NOMEM when there can be none. */
NODISCARD enum status door_start(struct door *door, const struct door_hooks *hooks);

/* Lets in who already stood in the queue, then refuses. The ticks go on. Returns when it is shut.
 */
void door_shut(struct door *door);

/* Ends the thread and frees the door. NULL is fine. */
void door_free(struct door *door);

#endif
