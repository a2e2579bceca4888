#include "console/charts/chart_view.h"

#include "console/charts/chart_words.h"

#include <QFileInfo>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace facetrack::console {

namespace {

bool draw(const Chart &chart, QPaintDevice &device, const QRectF &where, const ChartLook &look, double unit = 1)
{
    QPainter painter;
    if (!painter.begin(&device))
        return false;
    paintChart(chart, painter, where, look, unit);
    return painter.end();
}

bool writeSvg(const Chart &chart, QIODevice &file, const ChartLook &look, QSize size)
{
    QSvgGenerator svg;
    svg.setOutputDevice(&file);
    svg.setSize(size);
    svg.setViewBox(QRect(QPoint(), size));
    svg.setTitle(chartTitle(chart));
    return draw(chart, svg, QRectF(QPointF(), QSizeF(size)), look);
}

bool writePdf(const Chart &chart, QIODevice &file, const ChartLook &look, QSize size)
{
    QPdfWriter pdf(&file);
    pdf.setTitle(chartTitle(chart));
    pdf.setPageSize(QPageSize(QSizeF(size) * 72 / 96, QPageSize::Point));
    pdf.setPageMargins({});
    const double unit = pdf.resolution() / 96.0;
    return draw(chart, pdf, QRectF(QPointF(), QSizeF(size) * unit), look, unit);
}

} // namespace

QString saveChart(const Chart &chart, const QString &path, const ChartLook &look, QSize size)
{
    const QString kind = QFileInfo(path).suffix().toLower();
    QSaveFile file(path);
    bool drawn = false;
    if (!file.open(QIODevice::WriteOnly))
        return ChartWords::tr("%1 could not be written: %2").arg(path, file.errorString());
    if (kind == QLatin1String("svg"))
        drawn = writeSvg(chart, file, look, size);
    else if (kind == QLatin1String("pdf"))
        drawn = writePdf(chart, file, look, size);
    else if (kind == QLatin1String("csv"))
        drawn = file.write(QByteArray::fromStdString(chartCsv(chart))) >= 0;
    else if (kind == QLatin1String("png"))
        drawn = chartPicture(chart, size, 2, look).save(&file, "PNG");
    else
        return ChartWords::tr("%1: a chart is saved as .png, .svg, .pdf or .csv").arg(path);
    if (!drawn || !file.commit())
        return ChartWords::tr("%1 could not be written: %2").arg(path, file.errorString());
    return {};
}

} // namespace facetrack::console
