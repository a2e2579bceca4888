// Visits on the synthetic booth, with detections made from its truth and spoilt as a detector spoils
// them: quick, and the same in every run. bench_visits measures more seeds and real detectors.
#include "tests/track/booth_watch.h"

#include <QTest>
#include <cmath>

using namespace facetrack;

class TestBoothVisits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countIsWithinFivePercent_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<int>("people");
        // The tracker's constants were chosen on seeds 1 to 4 and 101 to 110.
        for (unsigned seed = 11; seed <= 18; ++seed)
            QTest::addRow("seed %u", seed) << seed << static_cast<int>(6 + seed % 3);
    }

    void countIsWithinFivePercent()
    {
        QFETCH(unsigned, seed);
        QFETCH(int, people);
        const VisitJudge judge = watchBooth(seed, people, true);
        const VisitFigures figures = judge.figures();
        qInfo("%d people: %s\n%s", people, describe(figures).c_str(),
              describe(judge.mishaps()).c_str());
        add(m_sum, figures);
        ++m_runs;
        QVERIFY(std::abs(figures.countError()) < 0.05);
    }

    /// Held over all runs: in one of them 3 % are 7 to 9 switches, and chance makes them 4 to 12.
    void identitiesSwitchInLessThanThreePercentOfVisits()
    {
        if (m_runs < 8)
            QSKIP("needs the runs before");
        qInfo("%s", describe(m_sum).c_str());
        QVERIFY(m_sum.switchRate() < 0.03);
    }

    /// Of all runs together: of the 200 to 330 visits of one, few are near the median, and the fortieth part
    /// of them more or less on one side moves it by 8 %.
    void medianDwellIsWithinFivePercent()
    {
        if (m_runs < 8)
            QSKIP("needs the runs before");
        QVERIFY(std::abs(m_sum.dwellError()) < 0.05);
    }

    /// What is left when nothing is missed and nothing trembles is the tracker's own doing.
    void aPerfectDetectorIsFollowedAsWell()
    {
        VisitFigures sum;
        for (unsigned seed = 11; seed <= 14; ++seed)
            add(sum, watchBooth(seed, static_cast<int>(6 + seed % 3), false).figures());
        qInfo("%s", describe(sum).c_str());
        QVERIFY(std::abs(sum.countError()) < 0.05);
        QVERIFY(sum.switchRate() < 0.03);
    }

private:
    VisitFigures m_sum;
    int m_runs = 0;
};

QTEST_GUILESS_MAIN(TestBoothVisits)
#include "test_booth_visits.moc"
