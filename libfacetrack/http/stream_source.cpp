// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/stream_source.h"

namespace facetrack::http {

StreamSource::~StreamSource() = default;

namespace {

class Handle final : public LatestChannel
{
public:
    explicit Handle(std::shared_ptr<StreamSource> source) : m_source(std::move(source)) {}
    ~Handle() override { m_source->finish(); }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    bool offer(Bytes head, Bytes body) override
    {
        return m_source->offer(std::move(head), std::move(body));
    }
    bool closed() const override { return m_source->abandoned() || m_source->finished(); }
    void close() override { m_source->finish(); }
    std::uint64_t skipped() const override { return m_source->skipped(); }

private:
    const std::shared_ptr<StreamSource> m_source;
};

} // namespace

std::shared_ptr<LatestChannel> makeChannel(std::shared_ptr<StreamSource> source)
{
    return std::make_shared<Handle>(std::move(source));
}

} // namespace facetrack::http
