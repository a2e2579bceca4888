#pragma once
#include "console/core/finding.h"

#include <QDateTime>
#include <QString>

namespace facetrack::console {

/// A preflight as it is put to paper.
struct PreflightReport
{
    QString venue; ///< empty: none
    QDateTime when;
    QList<Finding> findings;
};

/// For people, as HTML of QTextDocument's kind.
QString reportHtml(const PreflightReport &report);
/// Writes it as a PDF of A4 pages; what went wrong, empty: nothing.
QString writePdf(const PreflightReport &report, const QString &file);

} // namespace facetrack::console
