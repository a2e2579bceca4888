#pragma once
#include "libfacetrack/http/message.h"

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace facetrack::test {

/// A viewer in the test's own process. A fast one takes everything; a stuck one nothing, so that
/// each offer replaces the one before.
class FakeChannel final : public http::LatestChannel
{
public:
    explicit FakeChannel(bool stuck = false) : m_stuck(stuck) {}

    bool offer(http::Bytes head, http::Bytes body) override
    {
        if (m_closed)
            return false;
        const std::lock_guard lock(m_mutex);
        if (m_stuck && !m_heads.empty()) {
            ++m_skipped;
            m_heads.pop_back();
            m_bodies.pop_back();
        }
        m_heads.push_back(std::move(head));
        m_bodies.push_back(std::move(body));
        return true;
    }
    bool closed() const override { return m_closed; }
    void close() override { m_closed = true; }
    std::uint64_t skipped() const override { return m_skipped; }

    std::size_t count() const
    {
        const std::lock_guard lock(m_mutex);
        return m_heads.size();
    }
    http::Bytes body(std::size_t index) const
    {
        const std::lock_guard lock(m_mutex);
        return m_bodies.at(index);
    }
    std::string head(std::size_t index) const
    {
        const std::lock_guard lock(m_mutex);
        return *m_heads.at(index);
    }
    /// The value of one field of a part's head.
    std::string field(std::size_t index, const std::string &name) const
    {
        const std::string all = head(index);
        const std::size_t at = all.find("\r\n" + name + ": ");
        if (at == std::string::npos)
            return {};
        const std::size_t value = at + name.size() + 4;
        return all.substr(value, all.find("\r\n", value) - value);
    }
    std::vector<std::string> sequences() const
    {
        std::vector<std::string> result;
        for (std::size_t i = 0; i < count(); ++i)
            result.push_back(field(i, "X-Sequence"));
        return result;
    }

private:
    const bool m_stuck;
    mutable std::mutex m_mutex;
    std::vector<http::Bytes> m_heads;
    std::vector<http::Bytes> m_bodies;
    std::atomic<bool> m_closed = false;
    std::atomic<std::uint64_t> m_skipped = 0;
};

} // namespace facetrack::test
