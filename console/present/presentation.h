#pragma once
#include "console/present/screen_saver_hold.h"
#include "console/present/slide.h"
#include "console/present/today.h"
#include "console/shell/workspace.h"

#include <QLabel>
#include <QScreen>
#include <QStackedLayout>
#include <QTimer>
#include <memory>

namespace facetrack::console {

/// Full screen for who walks by: charts of today and live pictures in turn, legible from 3 m, dark, no
/// pointer. It outlives agents and database: what was seen last stays, and says of when it is. Escape
/// ends it, the arrow keys turn the page. Thread-bound (GUI).
class Presentation : public QWidget
{
    Q_OBJECT

public:
    explicit Presentation(Workspace &workspace);

    void showOn(QScreen *screen);
    /// How long each slide stays.
    void setPace(std::chrono::seconds each) { m_turn.setInterval(each); }
    const Slide *current() const;
    /// The next one that is worth it, or the one before.
    void turn(bool forward);

    static constexpr std::chrono::seconds usualPace{12};

Q_SIGNALS:
    void ended();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void addCharts();
    void addPictures();
    void addSlide(Slide *slide);
    void showSlide(int index);
    void refresh();

    Workspace &m_workspace;
    ScreenSaverHold m_awake;
    Today m_today;
    QList<Slide *> m_slides;
    QStackedLayout *m_stack;
    QList<Slide *> m_pictures;
    QLabel *m_title, *m_note, *m_last;
    QTimer m_turn, m_tick, m_soon;
};

} // namespace facetrack::console
