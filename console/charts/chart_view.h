#pragma once
#include "console/charts/chart.h"

#include <QSet>
#include <QWidget>
#include <memory>

class QGraphicsView;
class QLabel;

namespace facetrack::console {

class ChartDrawing;
class LegendBar;

/// A chart on the screen: with a legend that shows and hides, values where the mouse points, and, for
/// one over time, zoom and pan by wheel, drag and keyboard (+ - arrows, 0 or a double click: all of
/// it). In the console's theme. Thread-bound (GUI).
class ChartView : public QWidget
{
    Q_OBJECT

public:
    explicit ChartView(QWidget *parent = nullptr);
    ~ChartView() override;

    /// Replaces all of it at once; zoom stays while the chart's span does, what is hidden stays.
    void replace(Chart chart);
    const Chart &chart() const { return m_chart; }
    /// Shown in place of the chart: what is going on, or what went wrong and what to do. Empty: the chart.
    void setMessage(const QString &message);
    QString message() const;

    QStringList hidden() const { return m_hidden; }
    void setHidden(const QStringList &names);

    ChartSpan shown() const { return m_shown; } ///< of the time axis
    void showSpan(ChartSpan span);              ///< within the chart's span
    void zoom(double factor, qint64 about);     ///< under 1: closer
    void pan(double share);                     ///< of what is shown; over 0: later
    void resetZoom();

    QRectF plot() const; ///< in coordinates of canvas()
    QWidget *canvas() const; ///< what is pointed at
    QString valuesAt(QPointF point) const; ///< of the canvas; empty: nothing

    /// As it is seen, with words, in light colours; for a file.
    ChartLook exportLook() const;
    /// By the name's ending: .png, .svg, .pdf or .csv. A sentence for people when it fails.
    QString save(const QString &path) const;

    QSize sizeHint() const override { return {640, 300}; }
    QSize minimumSizeHint() const override { return {260, 180}; }

Q_SIGNALS:
    void hiddenChanged(const QStringList &names);
    void shownChanged();

public Q_SLOTS:
    void saveAs(); ///< asks where
    void copy();   ///< the picture

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void redraw();
    void draw();
    void point(QPointF at, QPoint onScreen);
    bool zooms() const;
    ChartSpan whole() const;
    qint64 timeAt(double x) const;
    ChartLook look() const;

    Chart m_chart;
    std::unique_ptr<ChartDrawing> m_drawing;
    std::size_t m_kind = std::variant_npos;
    QStringList m_hidden;
    ChartSpan m_shown;
    std::optional<QPointF> m_dragged; ///< from here, while the button is down
    ChartSpan m_draggedFrom;
    QLabel *m_title, *m_about, *m_message;
    LegendBar *m_legend;
    QGraphicsView *m_view;
};

/// By the name's ending: .png, .svg, .pdf or .csv. A sentence for people when it fails.
QString saveChart(const Chart &chart, const QString &path, const ChartLook &look, QSize size = {960, 480});

} // namespace facetrack::console
