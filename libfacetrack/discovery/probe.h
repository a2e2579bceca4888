#pragma once
#include "libfacetrack/discovery/candidate.h"

#include <QNetworkAccessManager>
#include <functional>
#include <string>

namespace facetrack {

/// Asks an address who is there. Any certificate is taken, since nothing secret is sent and nothing
/// that is answered is trusted: it only says that somebody answers. Thread-bound; calls back later.
class Probe
{
public:
    Probe();
    void ask(const std::string &url, std::function<void(ProbeAnswer)> done);

private:
    QNetworkAccessManager m_network;
};

} // namespace facetrack
