#pragma once
#include "console/calibrate/focus_graph.h"
#include "console/calibrate/focus_region.h"

#include <QLabel>
#include <QPushButton>

namespace facetrack::console {

/// The focus figures at the side: of the whole picture, and of the region that is drawn on it.
class FocusPanel : public QWidget
{
    Q_OBJECT

public:
    FocusPanel(FocusMeter &meter, FocusRegion &region);

private:
    struct Row
    {
        QLabel *figure;
        FocusGraph *graph;
    };
    Row addRow(const QString &title, const QString &name);
    void showFigure(const Row &row, const FocusFigure &figure, const QString &otherwise);
    void refresh();

    FocusMeter &m_meter;
    FocusRegion &m_region;
    Row m_whole, m_part;
    QPushButton *const m_middle;
    QPushButton *const m_clear;
};

} // namespace facetrack::console
