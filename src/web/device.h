/*
 * device: the key with which a page seals what somebody typed until the server has it
 * (assets/waiting.js, docs/decisions/0012). Every page of the same person at the same school brings
 * the same key, from one sign-in to the next, and nobody else's page does. It opens nothing that
 * the server keeps.
 */
#ifndef WEB_DEVICE_H
#define WEB_DEVICE_H

struct web;

/*
 * 64 hexadecimal digits in the arena; NULL when nobody is signed in, or memory is out. Who came by
 * a picture code has another key than with a badge: who may only guess the pictures opens less.
 */
const char *device_key(const struct web *web);

#endif
