#pragma once
#include "libfacetrack/net/endpoint_settings.h"

#include <QSize>
#include <QString>
#include <QStringList>

class QCoreApplication;

namespace facetrack::console {

/// What --report is to be about.
struct ReportRequest
{
    bool wanted = false;
    QString from, to; ///< days; `to` empty: one day
    QString hours;
    QString zone;   ///< empty: this machine's
    QString folder;
    net::EndpointSettings servers; ///< of a CrateDB; without URLs the agents are asked
    std::string schema;
};

/// The command line.
struct Options
{
    QStringList connect;  ///< addresses as typed
    QString settings;     ///< file; empty: the usual one
    QString theme;        ///< "light", "dark", empty: the desktop's
    QString page;         ///< shown first; empty: the last one
    QSize size;           ///< of the window; empty: the last one
    bool listPages = false;
    bool demo = false;
    bool discovery = true;
    bool keychain = true;
    bool present = false;
    int screen = 0; ///< to present on, from 1; 0: as last time
    ReportRequest report;
};

/// Before there is an application: nothing of it is shown, so no desktop is needed.
bool wantsNoDesktop(int argc, char **argv);

/// Ends the program for --help, --version and what is no option.
Options parseOptions(const QCoreApplication &app);

} // namespace facetrack::console
