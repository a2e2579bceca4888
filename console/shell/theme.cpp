#include "console/shell/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPalette>
#include <QStyleFactory>

namespace facetrack::console {

namespace {

constexpr char portal[] = "org.freedesktop.portal.Desktop";
constexpr char portalPath[] = "/org/freedesktop/portal/desktop";
constexpr char portalSettings[] = "org.freedesktop.portal.Settings";
constexpr char appearance[] = "org.freedesktop.appearance";

bool dark = false;

QPalette paletteFor(bool isDarkOne)
{
    const QColor window(isDarkOne ? "#202225" : "#f3f4f5"), base(isDarkOne ? "#17181a" : "#ffffff"),
        raised(isDarkOne ? "#2b2e32" : "#e9ebed"), text(isDarkOne ? "#e8e8e6" : "#1d1f21"),
        faint(isDarkOne ? "#8b9096" : "#6b7177"), line(isDarkOne ? "#3a3e43" : "#c6cacf");
    QPalette palette(raised, window);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, raised);
    palette.setColor(QPalette::Button, raised);
    palette.setColor(QPalette::ToolTipBase, raised);
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::Mid, line);
    palette.setColor(QPalette::Midlight, line);
    palette.setColor(QPalette::Highlight, QColor(isDarkOne ? "#3f7fb5" : "#1f6aa5"));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, QColor(isDarkOne ? "#7db8e8" : "#1f6aa5"));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    return palette;
}

void show(bool isDarkOne)
{
    dark = isDarkOne;
    QApplication::setPalette(paletteFor(isDarkOne));
}

/// Listens to the desktop's wish: 1 is dark, 2 light, 0 none.
class DesktopWish : public QObject
{
    Q_OBJECT

public:
    explicit DesktopWish(QObject *parent) : QObject(parent)
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected())
            return;
        const QString at = QString::fromLatin1(portalPath), settings = QString::fromLatin1(portalSettings);
        bus.connect(QString::fromLatin1(portal), at, settings, QStringLiteral("SettingChanged"), this,
                    SLOT(changed(QString,QString,QDBusVariant)));
        QDBusMessage ask = QDBusMessage::createMethodCall(QString::fromLatin1(portal), at, settings,
                                                          QStringLiteral("Read"));
        ask << QString::fromLatin1(appearance) << QStringLiteral("color-scheme");
        auto *const watcher = new QDBusPendingCallWatcher(bus.asyncCall(ask, 1'000), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            if (!reply.isError())
                take(reply.value().variant());
            watcher->deleteLater();
        });
    }

private Q_SLOTS:
    void changed(const QString &group, const QString &key, const QDBusVariant &value)
    {
        if (group == QLatin1String(appearance) && key == QLatin1String("color-scheme"))
            take(value.variant());
    }

private:
    void take(QVariant value)
    {
        if (value.canConvert<QDBusVariant>()) // Read wraps it twice
            value = value.value<QDBusVariant>().variant();
        if (const uint wish = value.toUInt(); wish == 1 || wish == 2)
            show(wish == 1);
    }
};

} // namespace

Theme themeNamed(const QString &name)
{
    return name == QLatin1String("dark") ? Theme::Dark
           : name == QLatin1String("light") ? Theme::Light
                                             : Theme::System;
}

void applyTheme(Theme theme)
{
    static DesktopWish *desktop = nullptr;
    static const bool darkPalette = QApplication::palette().color(QPalette::Window).lightness() < 128;
    delete desktop;
    desktop = nullptr;
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    show(theme == Theme::System ? darkPalette : theme == Theme::Dark);
    if (theme == Theme::System)
        desktop = new DesktopWish(qApp);
}

bool isDark()
{
    return dark;
}

QColor accentColour()
{
    return QApplication::palette().color(QPalette::Highlight);
}

QColor goodColour()
{
    return QColor(dark ? "#5fbf83" : "#1f7a43");
}

QColor warningColour()
{
    return QColor(dark ? "#e6a23c" : "#9a5b00");
}

QColor errorColour()
{
    return QColor(dark ? "#f0776b" : "#b3261e");
}

QColor letterboxColour()
{
    return QColor(dark ? "#0f1011" : "#2b2d30");
}

} // namespace facetrack::console

#include "theme.moc"
