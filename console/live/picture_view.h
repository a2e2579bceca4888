#pragma once
#include "console/live/live_picture.h"

#include <QWidget>

namespace facetrack::console {

/// Shows a live picture in its aspect, letterboxed, with boxes and a line of figures drawn here. It
/// asks the agent only while it can be seen, and for no more pixels than are shown.
class PictureView : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(AgentSession *session, QColor colour, QWidget *parent = nullptr);

    AgentSession *session() const { return m_picture.session(); }
    const LivePicture &picture() const { return m_picture; }
    /// Boxes drawn by the agent into the picture, instead of here.
    void setAgentOverlay(bool byAgent);
    void setBoxesShown(bool shown);
    /// Needs open calibration; the agent decides.
    void setFacesVisible(bool visible);
    /// Asks for coarse faces, whatever calibration is open: for pictures that others see.
    void setFacesCoarse(bool coarse);
    void retryNow() { m_picture.retryNow(); }

    /// Where the picture is in the widget; empty before the first.
    QRectF pictureRect() const;
    /// Between fractions of the picture and the widget.
    QPointF toWidget(QPointF fraction) const;
    QPointF toPicture(QPointF point) const;

    QSize sizeHint() const override { return {320, 180}; }

public Q_SLOTS:
    void saveSnapshot();
    void copySnapshot();
    void copyFigures();

Q_SIGNALS:
    /// A picture has been painted; tests and benchmarks measure by it.
    void painted(const facetrack::console::PictureFacts &facts);
    /// Pictures come in another size than before.
    void shaped();
    void snapshotFailed(const QString &why); ///< it stands on the picture, too

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    /// What a subclass draws on the picture, above the boxes.
    virtual void paintOver(QPainter &) {}

private:
    void ask();
    QString figures() const;
    void say(const QString &words);
    void paintBoxes(QPainter &painter) const;
    void paintCaption(QPainter &painter) const;
    void fetchSnapshot(std::function<void(const QByteArray &)> then);

    LivePicture m_picture;
    const QColor m_colour;
    QSize m_shape; ///< of the newest picture
    bool m_byAgent = false;
    bool m_boxes = true;
    bool m_facesVisible = false;
    QString m_words; ///< of the newest wish, on the picture for some seconds
    QTimer m_wordsEnd;
    bool m_facesCoarse = false;
    QTimer m_countdown; ///< while there is no picture: the seconds to the next attempt
};

} // namespace facetrack::console
