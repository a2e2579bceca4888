#pragma once
#include <QLocale>

namespace facetrack::console {

/// The console's words and Qt's own in the first of the locale's languages that there is, else
/// English. Call it before the first widget; they stay until the application ends.
void installTranslations(const QLocale &locale);

} // namespace facetrack::console
