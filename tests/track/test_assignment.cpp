#include "libfacetrack/track/assignment.h"

#include <QRandomGenerator>
#include <QTest>
#include <algorithm>
#include <numeric>
#include <vector>

using namespace facetrack;

namespace {

double sumOf(const CostTable &costs, const std::vector<std::size_t> &columns)
{
    double sum = 0;
    for (std::size_t row = 0; row < costs.rows(); ++row)
        sum += columns[row] == unassigned ? 0 : costs.at(row, columns[row]);
    return sum;
}

/// The least sum by trying everything.
double best(const CostTable &costs, std::size_t row, std::vector<bool> &taken)
{
    if (row == costs.rows())
        return 0;
    double least = best(costs, row + 1, taken);
    for (std::size_t c = 0; c < costs.columns(); ++c) {
        if (taken[c] || costs.at(row, c) == CostTable::forbidden)
            continue;
        taken[c] = true;
        least = std::min(least, costs.at(row, c) + best(costs, row + 1, taken));
        taken[c] = false;
    }
    return least;
}

} // namespace

class TestAssignment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWholeIsCheapestNotEachRow()
    {
        CostTable costs(2, 2);
        costs.at(0, 0) = -10;
        costs.at(0, 1) = -9;
        costs.at(1, 0) = -9;
        costs.at(1, 1) = -1;
        QCOMPARE(assign(costs), (std::vector<std::size_t>{1, 0}));
    }

    void whatCostsMoreThanNothingIsLeftAlone()
    {
        CostTable costs(2, 1);
        costs.at(0, 0) = 1;
        QCOMPARE(assign(costs), (std::vector<std::size_t>{unassigned, unassigned}));
        costs.at(1, 0) = -1;
        QCOMPARE(assign(costs), (std::vector<std::size_t>{unassigned, 0}));
        QVERIFY(assign(CostTable(0, 3)).empty());
        QCOMPARE(assign(CostTable(2, 0)), (std::vector<std::size_t>{unassigned, unassigned}));
    }

    void itIsAsGoodAsTryingEverything()
    {
        const quint32 seed = QRandomGenerator::global()->generate();
        qInfo("seed %u", seed);
        QRandomGenerator random(seed);
        for (int round = 0; round < 2000; ++round) {
            CostTable costs(std::size_t(random.bounded(0, 6)), std::size_t(random.bounded(0, 6)));
            for (std::size_t r = 0; r < costs.rows(); ++r)
                for (std::size_t c = 0; c < costs.columns(); ++c)
                    if (random.bounded(3) > 0)
                        costs.at(r, c) = random.bounded(20) - 14;
            const auto columns = assign(costs);
            std::vector<std::size_t> used;
            for (std::size_t r = 0; r < costs.rows(); ++r) {
                if (columns[r] == unassigned)
                    continue;
                QVERIFY(costs.at(r, columns[r]) < CostTable::forbidden);
                QVERIFY(std::find(used.begin(), used.end(), columns[r]) == used.end());
                used.push_back(columns[r]);
            }
            std::vector<bool> taken(costs.columns(), false);
            QCOMPARE(sumOf(costs, columns), best(costs, 0, taken));
        }
    }
};

QTEST_GUILESS_MAIN(TestAssignment)
#include "test_assignment.moc"
