#pragma once
#include <QColor>
#include <QString>

namespace facetrack::console {

enum class Theme { System, Light, Dark };

/// "light", "dark"; System for anything else.
Theme themeNamed(const QString &name);

/// Sets style and palette of the application. System is what the desktop asks for
/// (org.freedesktop.appearance of its portal), else what its palette looks like, and follows it
/// when it changes.
void applyTheme(Theme theme);
bool isDark(); ///< as applied

/// The few colours beside the palette's.
QColor accentColour();
QColor goodColour(); ///< for a large word; small text stays as it is
QColor warningColour();
QColor errorColour();
QColor letterboxColour(); ///< round a picture: the darkest grey of the theme

} // namespace facetrack::console
