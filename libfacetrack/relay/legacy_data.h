#pragma once
#include "libfacetrack/base/result.h"
#include "libfacetrack/store/record_wire.h"

#include <string_view>

namespace facetrack {

/// What the agents of 2017 post to /data: a list of
///
///   {"timestamp": 1490000000000,
///    "data": [{"Simple": {"name": "frontal_faces", "value": 1}},
///             {"Geometry": {"name": "face", "shape": {"Rectangle": {"x":10,"y":20,"w":50,"h":50}}}},
///             {"Tuple": {"name": "image", "value": [1088, 720]}}],
///    "meta": {"name": "eden-1"}}
///
/// mapped to observations. There is no description of that format, so the reader takes its words
/// from wherever they stand: the kind as a key or as the value of "type"; a rectangle as four
/// numbers or as x, y, w or width, h or height, in pixels of the image; times in seconds or
/// milliseconds. Faces that are counted without a rectangle get an empty box.
///
/// The agent is meta.name, with what cannot be in an id replaced by '-'. The record's id is made
/// from agent and content, so that the same entry sent again is nothing new: the run from the
/// agent, the sequence from 63 bits of SHA-256 over the entry (two of ten million entries of one
/// agent are taken for the same with a probability of 0.00001).
///
/// Refusals give the entry's place in the list, from 1, as their line. InvalidArgument when the
/// text is no list at all; Full when it has more entries than the limits allow.
Result<WireBatch> readLegacyData(std::string_view text, const WireLimits &limits = {});

} // namespace facetrack
