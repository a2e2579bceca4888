#include "console/live/picture_view.h"

#include "console/core/moment.h"
#include "console/live/outlined.h"
#include "console/shell/theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QStandardPaths>
#include <chrono>
#include <utility>

namespace facetrack::console {

PictureView::PictureView(AgentSession *session, QColor colour, QWidget *parent)
    : QWidget(parent), m_picture(session), m_colour(std::move(colour))
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(120, 68);
    setAccessibleName(tr("Live picture of %1").arg(session->name()));
    connect(&m_picture, &LivePicture::pictureChanged, this, [this] {
        update();
        if (std::exchange(m_shape, m_picture.image().size()) != m_picture.image().size())
            Q_EMIT shaped();
    });
    connect(&m_picture, &LivePicture::stateChanged, this, [this] {
        setToolTip(m_picture.isLive() ? QString() : tr("No picture since %1").arg(momentWords(m_picture.since())));
        update();
    });
    connect(session, &AgentSession::contactChanged, this, qOverload<>(&QWidget::update));
    m_wordsEnd.setSingleShot(true);
    connect(&m_wordsEnd, &QTimer::timeout, this, [this] { say({}); });
    connect(this, &PictureView::snapshotFailed, this, &PictureView::say);
    connect(&m_countdown, &QTimer::timeout, this, [this] {
        if (!m_picture.isLive())
            update();
    });
}

void PictureView::setAgentOverlay(bool byAgent)
{
    m_byAgent = byAgent;
    ask();
}

void PictureView::setBoxesShown(bool shown)
{
    m_boxes = shown;
    ask();
    update();
}

void PictureView::setFacesVisible(bool visible)
{
    m_facesVisible = visible;
    ask();
}

void PictureView::setFacesCoarse(bool coarse)
{
    m_facesCoarse = coarse;
    ask();
}

void PictureView::ask()
{
    if (!isVisible())
        return;
    PictureWish wish;
    wish.pixels = (QSizeF(size()) * devicePixelRatioF()).toSize();
    wish.overlay = m_boxes && m_byAgent;
    wish.facesVisible = m_facesVisible;
    wish.facesCoarse = m_facesCoarse;
    m_picture.show(wish);
}

QRectF PictureView::pictureRect() const
{
    const QSizeF size = m_picture.image().size();
    if (size.isEmpty())
        return {};
    const QSizeF fitting = size.scaled(QSizeF(this->size()), Qt::KeepAspectRatio);
    return {QPointF((width() - fitting.width()) / 2, (height() - fitting.height()) / 2), fitting};
}

QPointF PictureView::toWidget(QPointF fraction) const
{
    const QRectF rect = pictureRect();
    return {rect.x() + fraction.x() * rect.width(), rect.y() + fraction.y() * rect.height()};
}

QPointF PictureView::toPicture(QPointF point) const
{
    const QRectF rect = pictureRect();
    if (rect.isEmpty())
        return {};
    return {qBound(0.0, (point.x() - rect.x()) / rect.width(), 1.0),
            qBound(0.0, (point.y() - rect.y()) / rect.height(), 1.0)};
}

void PictureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), letterboxColour());
    const QRectF where = pictureRect();
    if (!where.isEmpty()) {
        if (!m_picture.isLive())
            painter.setOpacity(0.35); // an old picture must not look like a new one
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(where, m_picture.image());
        painter.setOpacity(1);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.isLive() && m_boxes && !m_byAgent)
        paintBoxes(painter);
    paintOver(painter);
    paintCaption(painter);
    if (m_picture.isLive() && !m_picture.image().isNull())
        Q_EMIT painted(m_picture.facts());
}

void PictureView::paintBoxes(QPainter &painter) const
{
    for (const SeenFace &face : m_picture.facts().faces)
        frameOutlined(painter, {toWidget(face.box.topLeft()), toWidget(face.box.bottomRight())},
                      face.track ? QColor(0xff, 0xe0, 0x66) : QColor(0xff, 0xff, 0xff));
}

QString PictureView::figures() const
{
    const AgentSession *const session = m_picture.session();
    if (!session->isOnline() || !session->hasReport())
        return session->stateText();
    return tr("%1 fps · %2 now").arg(QLocale().toString(session->report().fps, 'f', 1)).arg(session->report().facesNow);
}

void PictureView::paintCaption(QPainter &painter) const
{
    const QString trouble = m_picture.trouble();
    const AgentSession *const session = m_picture.session();
    if (!session)
        return;
    const QString figures = this->figures();
    const QFontMetrics metrics(painter.font());
    const int line = metrics.height() + 8;
    const QRect bar(0, height() - line, width(), line);
    painter.fillRect(bar, QColor(0, 0, 0, 170));
    painter.fillRect(QRect(0, bar.top(), 4, line), m_colour);
    painter.setPen(Qt::white);
    const QRect inside = bar.adjusted(12, 0, -8, 0);
    const int rightWidth = qMin(metrics.horizontalAdvance(figures) + 4, inside.width() * 2 / 3);
    painter.drawText(inside, Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(figures, Qt::ElideRight, rightWidth));
    painter.drawText(inside.adjusted(0, 0, -rightWidth - 8, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(session->name(), Qt::ElideRight, inside.width() - rightWidth - 8));
    if (!m_words.isEmpty()) {
        const QRect place(12, 8, width() - 24, height() - line - 16);
        const QRect words = metrics.boundingRect(place, Qt::AlignHCenter | Qt::TextWordWrap, m_words).adjusted(-8, -4, 8, 4);
        painter.fillRect(words, QColor(0, 0, 0, 200));
        painter.drawText(words, Qt::AlignCenter | Qt::TextWordWrap, m_words);
    }
    if (!trouble.isEmpty())
        painter.drawText(rect().adjusted(12, 8, -12, -line), Qt::AlignCenter | Qt::TextWordWrap,
                         session->name() + QStringLiteral(": ") + trouble);
}

void PictureView::resizeEvent(QResizeEvent *)
{
    ask();
}

void PictureView::showEvent(QShowEvent *)
{
    ask();
    m_countdown.start(1'000);
}

void PictureView::hideEvent(QHideEvent *)
{
    m_countdown.stop();
    m_picture.hide();
}

void PictureView::say(const QString &words)
{
    constexpr std::chrono::seconds Readable{8};
    m_words = words;
    words.isEmpty() ? m_wordsEnd.stop() : m_wordsEnd.start(Readable);
    update();
}

void PictureView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu;
    menu.addAction(tr("Save picture…"), this, &PictureView::saveSnapshot);
    menu.addAction(tr("Copy picture"), this, &PictureView::copySnapshot);
    menu.addAction(tr("Copy figures"), this, &PictureView::copyFigures);
    menu.exec(event->globalPos());
}

/// The agent's own picture in full size, not what happens to be shown here.
void PictureView::fetchSnapshot(std::function<void(const QByteArray &)> then)
{
    if (!session())
        return;
    session()->call<AgentSnapshot>(
        this,
        [](AgentClient &client, QObject *there, auto done) { client.snapshot({}, there, done); },
        [this, then](const AgentResult<AgentSnapshot> &result) {
            if (!result)
                Q_EMIT snapshotFailed(QString::fromStdString(describe(result.error())));
            else
                then(result->jpeg);
        });
}

void PictureView::saveSnapshot()
{
    if (!session())
        return;
    const QString name = session()->name() + QDateTime::currentDateTime().toString(QStringLiteral(" yyyy-MM-dd HH.mm.ss"));
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    const QString file = QFileDialog::getSaveFileName(this, tr("Save picture"),
                                                      folder + QLatin1Char('/') + name + QStringLiteral(".jpg"),
                                                      tr("JPEG pictures (*.jpg)"));
    if (file.isEmpty())
        return;
    fetchSnapshot([this, file](const QByteArray &jpeg) {
        QSaveFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(jpeg) != jpeg.size() || !out.commit())
            Q_EMIT snapshotFailed(tr("%1 cannot be written: %2").arg(file, out.errorString()));
        else
            say(tr("Saved as %1").arg(file));
    });
}

void PictureView::copyFigures()
{
    if (session())
        QGuiApplication::clipboard()->setText(session()->name() + QLatin1Char('\t') + figures());
}

void PictureView::copySnapshot()
{
    fetchSnapshot([this](const QByteArray &jpeg) {
        QGuiApplication::clipboard()->setImage(QImage::fromData(jpeg, "JPEG"));
        say(tr("The picture is in the clipboard."));
    });
}

} // namespace facetrack::console
