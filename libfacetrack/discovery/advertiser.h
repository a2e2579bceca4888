#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/discovery/advertisement.h"

#include <memory>
#include <optional>
#include <string>

namespace facetrack {

/// How it stands with being found.
struct AdvertisingState
{
    bool advertised = false;
    std::string name;    ///< under which; Avahi gives another one where a name is taken
    std::string trouble; ///< why not, in words; else empty
};

/// Advertises an agent through Avahi, for as long as it lives. Where there is no Avahi, or it is
/// started later or anew, it is asked again as soon as it is there. On a thread of its own;
/// thread-safe, and nobody waits for it.
class FACETRACK_EXPORT Advertiser
{
public:
    Advertiser();
    ~Advertiser(); ///< stop()

    /// Once.
    void start(Advertisement what);
    void stop(); ///< says goodbye
    /// Says something else from now on, such as another name. Nothing unless started.
    void change(const Advertisement &what);
    /// None unless started.
    std::optional<AdvertisingState> state() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
