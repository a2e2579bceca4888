#pragma once
#include "console/charts/chart.h"

#include <QPagedPaintDevice>
#include <QPdfWriter>
#include <functional>
#include <vector>

namespace facetrack::console {

/// Text and charts one below the other, on as many pages as they need. Nothing is cut in two: what
/// does not fit comes on the next page.
class PageFlow
{
public:
    /// `writer` with size, margins and resolution; it outlives this.
    explicit PageFlow(QPdfWriter &writer);

    void addText(const QString &html);
    void addCharts(const std::vector<Chart> &sideBySide, double millimetres);
    /// What is added next begins on a new page.
    void addPage();

    int pages() const { return static_cast<int>(m_pages.size()); }
    /// `edge` paints what is on each page above and below: page from 1.
    void paint(const std::function<void(QPainter &, const QRectF &page, int number)> &edge) const;

    double unit() const; ///< of the writer, for a pixel of 96 in an inch
    double millimetre() const;

private:
    struct Block
    {
        QRectF where;
        std::function<void(QPainter &, const QRectF &)> paint;
    };
    void add(double height, std::function<void(QPainter &, const QRectF &)> paint);
    QRectF room() const;

    QPdfWriter &m_writer;
    std::vector<std::vector<Block>> m_pages;
    double m_y = 0;
};

} // namespace facetrack::console
