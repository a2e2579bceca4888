#include "console/report/page_flow.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextDocument>
#include <memory>

namespace facetrack::console {

namespace {

constexpr double EdgeMm = 8; ///< above and below, for what is on each page
constexpr double GapMm = 3;

const QString Style = QStringLiteral(
    "body { color: black; } th { text-align: left; } h1 { font-size: 26pt; margin: 0; } h2 { font-size: 11pt; margin-bottom: 2px; margin-top: 0; }"
    "p { margin-top: 1px; margin-bottom: 3px; } p.small { font-size: 7.5pt; color: #555555; }"
    "ul { margin-top: 3px; margin-bottom: 0; -qt-list-indent: 1; } li { margin-bottom: 2px; }");

} // namespace

PageFlow::PageFlow(QPdfWriter &writer) : m_writer(writer), m_pages(1), m_y(room().top()) {}

double PageFlow::unit() const
{
    return m_writer.resolution() / 96.0;
}

double PageFlow::millimetre() const
{
    return m_writer.resolution() / 25.4;
}

QRectF PageFlow::room() const
{
    return QRectF(0, 0, m_writer.width(), m_writer.height()).adjusted(0, EdgeMm * millimetre(), 0, -EdgeMm * millimetre());
}

void PageFlow::add(double height, std::function<void(QPainter &, const QRectF &)> paint)
{
    const QRectF room = this->room();
    if (m_y + height > room.bottom() && !m_pages.back().empty())
        addPage();
    m_pages.back().push_back({QRectF(room.left(), m_y, room.width(), height), std::move(paint)});
    m_y += height + GapMm * millimetre();
}

void PageFlow::addPage()
{
    m_pages.emplace_back();
    m_y = room().top();
}

void PageFlow::addText(const QString &html)
{
    const auto document = std::make_shared<QTextDocument>();
    document->documentLayout()->setPaintDevice(&m_writer);
    QFont font;
    font.setPointSizeF(9);
    document->setDefaultFont(font);
    document->setDefaultStyleSheet(Style);
    document->setDocumentMargin(0);
    document->setIndentWidth(14);
    document->setHtml(QStringLiteral("<body>%1</body>").arg(html));
    document->setTextWidth(room().width());
    add(document->size().height(), [document](QPainter &painter, const QRectF &where) {
        painter.save();
        painter.translate(where.topLeft());
        document->drawContents(&painter);
        painter.restore();
    });
}

void PageFlow::addCharts(const std::vector<Chart> &sideBySide, double millimetres)
{
    add(millimetres * millimetre(), [this, sideBySide](QPainter &painter, const QRectF &where) {
        ChartLook look;
        look.text = 10.5;
        const double gap = GapMm * millimetre();
        const auto count = static_cast<double>(sideBySide.size());
        const double width = (where.width() - gap * (count - 1)) / count;
        for (std::size_t n = 0; n < sideBySide.size(); ++n) {
            const QRectF place(where.left() + static_cast<double>(n) * (width + gap), where.top(), width, where.height());
            paintChart(sideBySide[n], painter, place, look, unit());
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(QColor(0xd0, 0xd4, 0xd8), unit()));
            painter.drawRect(place);
        }
    });
}

void PageFlow::paint(const std::function<void(QPainter &, const QRectF &, int)> &edge) const
{
    QPainter painter(&m_writer);
    for (std::size_t page = 0; page < m_pages.size(); ++page) {
        if (page > 0)
            m_writer.newPage();
        for (const Block &block : m_pages[page])
            block.paint(painter, block.where);
        edge(painter, QRectF(0, 0, m_writer.width(), m_writer.height()), static_cast<int>(page) + 1);
    }
}

} // namespace facetrack::console
