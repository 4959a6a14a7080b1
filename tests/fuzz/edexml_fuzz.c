/* Any bytes as an EDEXML file. What comes out must hold together; see roster_fuzz.h. */
#include "roster_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char start[] = "<";
    /* Everything that does not begin as XML would go to the CSV reader, which has its own target.
     */
    if (size == 0 || (data[0] != (uint8_t)start[0] && data[0] < 0x80))
        return 0;
    fuzz_roster(data, size);
    return 0;
}
