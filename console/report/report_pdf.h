#pragma once
#include "console/report/report_look.h"

namespace facetrack::console {

/// Draws a report on two to four pages of A4, in the console's language; what went wrong, empty:
/// nothing. On the GUI's thread; takes about a second.
QString writeReportPdf(const EventReport &report, const ReportLook &look, const QString &file);

/// The PDF (report.pdf) and the tables as CSV, into a folder that is made.
QString writeReport(const EventReport &report, const ReportLook &look, const QString &folder);

} // namespace facetrack::console
