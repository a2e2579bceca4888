#pragma once
/// Marks what the shared library offers; everything else stays hidden.
#define FACETRACK_EXPORT __attribute__((visibility("default")))
