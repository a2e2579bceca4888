#include "console/calibrate/shapes_panel.h"

#include "console/shell/icons.h"
#include "console/shell/theme.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

constexpr int KindRole = Qt::UserRole;
constexpr int IndexRole = Qt::UserRole + 1;

QString lineOf(ShapeKind kind, const Shape &shape, int index)
{
    const QString name = shape.name.empty() ? QString::number(index + 1) : QString::fromStdString(shape.name);
    if (kind != ShapeKind::Line)
        return ShapesPanel::tr("%1: %2").arg(factsOf(kind).word, name);
    return ShapesPanel::tr("%1: %2 (%3/%4)").arg(factsOf(kind).word, name, QString::fromStdString(shape.ways[0]),
                                                 QString::fromStdString(shape.ways[1]));
}

QLineEdit *edit(const char *name, const QString &accessible)
{
    auto *const field = new QLineEdit;
    field->setObjectName(QString::fromLatin1(name));
    field->setAccessibleName(accessible);
    field->setMaxLength(32);
    return field;
}

QLabel *words(const char *name)
{
    auto *const label = new QLabel;
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ShapesPanel::ShapesPanel(ShapeLists &lists, ShapeTool &tool)
    : m_lists(lists), m_tool(tool), m_list(new QListWidget), m_fields(new QWidget),
      m_name(edit("shapeName", tr("Name"))), m_waysLabel(new QLabel(tr("Ways"))),
      m_way1(edit("shapeWay1", tr("First way"))), m_way2(edit("shapeWay2", tr("Second way"))),
      m_remove(new QPushButton(tr("Remove"))), m_undo(new QPushButton(icon(Icon::Undo), tr("Undo"))),
      m_trouble(words("shapeTrouble")), m_hint(words("shapeHint"))
{
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    addKinds();
    addList();
    addFields();
    layout->addWidget(m_trouble);
    layout->addWidget(m_hint);
    connect(&m_lists, &ShapeLists::changed, this, &ShapesPanel::showList);
    connect(&m_lists, &ShapeLists::troubleChanged, this, &ShapesPanel::showWords);
    connect(&m_tool, &ShapeTool::selectionChanged, this, &ShapesPanel::showSelection);
    connect(&m_tool, &ShapeTool::draftChanged, this, &ShapesPanel::showWords);
    showList();
}

void ShapesPanel::addKinds()
{
    auto *const line = new QHBoxLayout;
    for (std::size_t i = 0; i < allShapeKinds.size(); ++i) {
        const ShapeKind kind = allShapeKinds[i];
        auto *const button = new QPushButton(tr("New %1").arg(factsOf(kind).word));
        button->setObjectName(QStringLiteral("new %1").arg(QString::fromLatin1(factsOf(kind).key)));
        button->setCheckable(true);
        connect(button, &QPushButton::clicked, this, [this, kind](bool on) {
            on ? m_tool.start(kind) : m_tool.cancel();
            if (on)
                Q_EMIT drawing();
        });
        line->addWidget(button);
        m_kinds[i] = button;
    }
    static_cast<QVBoxLayout *>(layout())->addLayout(line);
}

void ShapesPanel::addList()
{
    m_list->setObjectName(QStringLiteral("shapeList"));
    m_list->setAccessibleName(tr("Zones, lines and masks"));
    m_list->setMinimumHeight(70);
    m_list->setMaximumHeight(120);
    layout()->addWidget(m_list);
    connect(m_list, &QListWidget::currentItemChanged, this, &ShapesPanel::chosen);
    connect(m_list, &QListWidget::itemActivated, this, &ShapesPanel::drawing);
}

void ShapesPanel::addFields()
{
    auto *const form = new QFormLayout(m_fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Name"), m_name);
    auto *const ways = new QHBoxLayout;
    ways->addWidget(m_way1);
    ways->addWidget(m_way2);
    form->addRow(m_waysLabel, ways);
    m_way1->setToolTip(tr("The way of the arrow"));
    m_way2->setToolTip(tr("The way against the arrow"));
    for (QLineEdit *const field : {m_name, m_way1, m_way2})
        connect(field, &QLineEdit::editingFinished, this, &ShapesPanel::edited);
    layout()->addWidget(m_fields);
    m_remove->setObjectName(QStringLiteral("shapeRemove"));
    m_undo->setObjectName(QStringLiteral("shapeUndo"));
    m_undo->setToolTip(tr("Takes back the agent's newest change (Ctrl+Z on the picture)"));
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_tool.select({m_tool.selected().kind, m_tool.selected().index, -1});
        m_tool.removeSelected();
    });
    connect(m_undo, &QPushButton::clicked, this, [this] { m_lists.undo(); });
    auto *const line = new QHBoxLayout;
    line->addWidget(m_remove);
    line->addWidget(m_undo);
    static_cast<QVBoxLayout *>(layout())->addLayout(line);
}

void ShapesPanel::showList()
{
    QStringList lines;
    std::vector<ShapePlace> places;
    for (const ShapeKind kind : allShapeKinds) {
        int index = 0;
        for (const Shape &shape : m_lists.shown(kind)) {
            lines << lineOf(kind, shape, index);
            places.push_back({kind, index++, -1});
        }
    }
    QStringList before;
    for (int row = 0; row < m_list->count(); ++row)
        before << m_list->item(row)->text();
    if (lines != before) { // while one is dragged, the list stands still
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (std::size_t i = 0; i < places.size(); ++i) {
            auto *const item = new QListWidgetItem(lines[static_cast<qsizetype>(i)], m_list);
            item->setData(KindRole, static_cast<int>(places[i].kind));
            item->setData(IndexRole, places[i].index);
        }
    }
    showSelection();
}

void ShapesPanel::showSelection()
{
    const ShapePlace place = m_tool.selected();
    {
        const QSignalBlocker quiet(m_list);
        m_list->setCurrentRow(-1);
        for (int row = 0; row < m_list->count(); ++row)
            if (place.isShape() && m_list->item(row)->data(KindRole).toInt() == static_cast<int>(place.kind)
                && m_list->item(row)->data(IndexRole).toInt() == place.index)
                m_list->setCurrentRow(row);
    }
    const Shape *const shape = m_tool.selectedShape();
    const bool line = shape && place.kind == ShapeKind::Line;
    m_fields->setVisible(shape);
    m_remove->setEnabled(shape);
    for (QWidget *const widget : std::initializer_list<QWidget *>{m_waysLabel, m_way1, m_way2})
        widget->setVisible(line);
    const auto fill = [](QLineEdit *field, const std::string &text) {
        if (!field->isModified() || !field->hasFocus()) // not while somebody types
            field->setText(QString::fromStdString(text));
    };
    fill(m_name, shape ? shape->name : std::string());
    fill(m_way1, line ? shape->ways[0] : std::string());
    fill(m_way2, line ? shape->ways[1] : std::string());
    showWords();
}

void ShapesPanel::showWords()
{
    for (std::size_t i = 0; i < allShapeKinds.size(); ++i) {
        m_kinds[i]->setChecked(m_tool.draft() && m_tool.draft()->kind == allShapeKinds[i]);
        m_kinds[i]->setEnabled(m_lists.canChange());
    }
    m_undo->setEnabled(m_lists.canChange());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, errorColour());
    m_trouble->setPalette(colours);
    m_trouble->setText(m_lists.trouble());
    m_trouble->setVisible(!m_lists.trouble().isEmpty());
    m_hint->setText(hint());
}

QString ShapesPanel::hint() const
{
    if (!m_lists.canChange())
        return tr("Not while the agent is away.");
    if (const auto &draft = m_tool.draft()) {
        if (draft->kind == ShapeKind::Line)
            return tr("Click both ends. The first way is to the right of someone who looks from the first "
                      "towards the second. Escape cancels.");
        return tr("Click the corners; a double click or Enter closes it, Backspace takes one back, Escape "
                  "cancels. Arrow keys and the space bar do the same.");
    }
    if (m_tool.selectedShape())
        return tr("Drag points or the whole; a double click on an edge adds a point. Keys: Page Down chooses a "
                  "point, arrows move (Shift: farther), Insert adds, Delete removes.");
    return tr("Zones measure how long people stay, lines count who crosses, masks are not looked at.");
}

void ShapesPanel::chosen()
{
    const QListWidgetItem *const item = m_list->currentItem();
    if (!item)
        return;
    m_tool.select({static_cast<ShapeKind>(item->data(KindRole).toInt()), item->data(IndexRole).toInt(), -1});
}

void ShapesPanel::edited()
{
    for (QLineEdit *const field : {m_name, m_way1, m_way2})
        field->setModified(false);
    Shape named;
    named.name = m_name->text().trimmed().toStdString();
    named.ways = {m_way1->text().trimmed().toStdString(), m_way2->text().trimmed().toStdString()};
    m_tool.rename(named);
}

} // namespace facetrack::console
