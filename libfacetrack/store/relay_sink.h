#pragma once
#include "libfacetrack/net/endpoint_client.h"
#include "libfacetrack/store/record_sink.h"

#include <QObject>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace facetrack {

/// Records go to a relay as packed NDJSON, in one request a batch; docs/relay.md has its answers.
class RelaySink final : public RecordSink
{
public:
    static SinkKind kind();
    explicit RelaySink(std::unique_ptr<net::EndpointClient> relays);
    ~RelaySink() override;

    void deliver(std::span<const StoredRecord> records, Done done) override;
    std::vector<net::EndpointState> endpoints() const override { return m_relays->states(); }

private:
    void answerLater(BatchAnswer answer, Done done);

    std::unique_ptr<net::EndpointClient> m_relays; // these two last: what calls back ends first
    QObject m_later;
};

/// What an answer to `sent` rows means for a batch: their records are those with these indices, and
/// `answer` holds what is known of the others. For deliver() and its tests.
FACETRACK_EXPORT BatchAnswer relayAnswer(const net::PostAnswer &said,
                                         const std::vector<std::uint32_t> &sent,
                                         BatchAnswer answer);

} // namespace facetrack
