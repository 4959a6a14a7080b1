/*
 * first_answer PORT COMMAND…: starts the command, asks GET /aanmelden on the port until it answers,
 * and prints how many milliseconds that took and how much memory (KiB, VmRSS) the program then holds.
 * Part of bench/run; stops the command.
 */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int answers(unsigned short port)
{
    static const char request[] = "GET /aanmelden HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    char answer[64] = "";
    int ok = connect(s, (struct sockaddr *)&to, sizeof to) == 0 &&
             write(s, request, sizeof request - 1) > 0 && read(s, answer, sizeof answer - 1) > 0 &&
             strncmp(answer, "HTTP/1.1 200", 12) == 0;
    close(s);
    return ok;
}

static long memory_kib(pid_t pid)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            break;
    if (file)
        fclose(file);
    return kib;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    unsigned short port = (unsigned short)strtoul(argv[1], NULL, 10);
    double start = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        execv(argv[2], argv + 2);
        _exit(127);
    }
    while (!answers(port)) {
        if (now_ms() - start > 10000 || waitpid(pid, NULL, WNOHANG) == pid)
            return 1;
        usleep(500);
    }
    printf("%.1f %ld\n", now_ms() - start, memory_kib(pid));
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    return 0;
}
