#pragma once

/// Tells the person in front of it what went wrong, on the standard error.
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
