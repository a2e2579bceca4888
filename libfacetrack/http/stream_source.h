// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "libfacetrack/http/message.h"

#include <optional>

namespace facetrack::http {

/// What a connection writes while it streams; shared with the thread that fills it. A kind of
/// channel (the latest only, or a bounded queue) is a kind of source. Thread-safe.
class StreamSource
{
public:
    struct Part
    {
        Bytes head;
        Bytes body;
    };

    virtual ~StreamSource();
    // The filling side, as LatestChannel has it.
    virtual bool offer(Bytes head, Bytes body) = 0;
    virtual void finish() = 0;
    virtual bool abandoned() const = 0;
    virtual std::uint64_t skipped() const = 0;

    // The connection's side.
    /// The next part. After an empty answer the source wakes the connection when there is one.
    virtual std::optional<Part> take() = 0;
    /// True once the filling side wants the answer to end.
    virtual bool finished() const = 0;
    /// The viewer is gone: nothing is kept or taken any more.
    virtual void abandon() = 0;
    /// True when the viewer has fallen too far behind and is to be cut off.
    virtual bool overrun() const { return false; }
};

/// What the filling side holds. Letting go of the last one ends the answer.
std::shared_ptr<LatestChannel> makeChannel(std::shared_ptr<StreamSource> source);

} // namespace facetrack::http
