#pragma once
#include <QLocale>

namespace facetrack::console {

/// A time in full, with date and zone, for whoever points at a short one.
inline QString momentWords(const QDateTime &when)
{
    return QLocale().toString(when.toLocalTime(), QLocale::LongFormat);
}

} // namespace facetrack::console
