// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/fake_crate.h"

#include <QString>
#include <QStringList>

/// One exchange with a real CrateDB, as recorded.
struct Exchange
{
    QString name;
    std::string method;
    std::string path;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool http10 = false;
    int status = 0;
    std::string answer;
};

/// Where the recordings are; empty when they are not on this machine.
QString recordingsFolder();
std::vector<Exchange> loadRecording(const QString &folder, const QString &file);

/// Sends it as it was sent. What the recording cut short (bodies of 100 MB) is made again.
CrateAnswer replay(const Exchange &exchange, std::uint16_t port);

enum class Agreement {
    Full,     ///< status, columns, types, rows, row counts, codes and words
    Wording,  ///< of the message only what stands before the bracket: the rest names internals
    Facts,    ///< values are facts of that server: status, columns and types
    Skip
};

/// Empty, or in what the answer differs.
QString difference(const Exchange &exchange, const CrateAnswer &answer, Agreement agreement);
