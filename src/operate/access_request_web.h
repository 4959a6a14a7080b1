/* access_request_web: the answer to "what do you hold about my child": one file with everything
 * (R13). */
#ifndef OPERATE_ACCESS_REQUEST_WEB_H
#define OPERATE_ACCESS_REQUEST_WEB_H

#include "web/route.h"

extern const struct route access_request_routes[];

#endif
