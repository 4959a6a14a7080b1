/*
 * sandbox: what a taken-over `serve` cannot do. After sandbox_enter() the process can no longer
 * start programs, become somebody else, look into other processes, make memory executable, or open
 * sockets other than unix, IPv4 and IPv6; it reads and writes files and talks on sockets, which is
 * its work. Meant for the whole life of the process, next to (not instead of) the limits of the
 * systemd unit, and so that who starts the program otherwise has them too.
 *
 * A refused system call answers EPERM and nothing is killed: a library that tries something
 * unexpected takes its other way. Refusals are visible with strace, not in our log.
 */
#ifndef OPERATE_SANDBOX_H
#define OPERATE_SANDBOX_H

#include "base/status.h"

/*
 * Locks the door behind us, for every thread of the process, now and later; there is no way back.
 * Call it when listening sockets, files with special rights and the master key are open. ERR_IO
 * when the kernel cannot (the cause is logged): do not go on without being told to.
 *
 * Also forbids core dumps and tracing by other processes of the same user, because keys are in
 * memory. LeakSanitizer traces its own process and cannot look for leaks after this.
 */
NODISCARD enum status sandbox_enter(void);

#endif
