// Tokens: what is let in, and everything that must not be.
#include "libfacetrack/http/token.h"
#include "libfacetrack/http/token_secrets.h"

#include <QTemporaryDir>
#include <QTest>
#include <openssl/hmac.h>
#include <sys/stat.h>

using namespace facetrack;
using namespace facetrack::http;

namespace {

constexpr std::chrono::seconds now{1'800'000'000};
const TokenSecret first{"first", std::string(32, 'a')};
const TokenSecret second{"second", std::string(32, 'b')};

std::string base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

/// Signs anything, as an attacker who knows a secret could; shares no code with the library.
std::string signedBy(const std::string &key, const QByteArray &header, const QByteArray &claims)
{
    const std::string text = base64Url(header) + "." + base64Url(claims);
    unsigned char digest[32];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest, &size);
    return text + "." + base64Url(QByteArray(reinterpret_cast<const char *>(digest), 32));
}

const QByteArray goodHeader(R"({"alg":"HS256","kid":"first","typ":"JWT"})");
const QByteArray goodClaims(R"({"iss":"pi-1","role":"agent","exp":1800003600})");

Result<TokenClaims> verify(const std::string &token,
                           const std::vector<TokenSecret> &secrets = {first, second})
{
    return verifyToken(token, secrets, now);
}

std::filesystem::path pathIn(const QTemporaryDir &directory)
{
    return directory.filePath(QStringLiteral("secrets")).toStdString();
}

} // namespace

class TestHttpToken : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownTokensComeBack()
    {
        const TokenClaims claims{"pi-1", "agent", now.count() + 10, now.count(), now.count()};
        const auto back = verify(signToken(claims, second));
        QVERIFY2(back, back ? "" : describe(back.error()).c_str());
        QCOMPARE(back->issuer, std::string("pi-1"));
        QCOMPARE(back->role, std::string("agent"));
        QCOMPARE(back->expires, claims.expires);
        QVERIFY(back->notBefore == claims.notBefore);
        QVERIFY(back->issuedAt == claims.issuedAt);
    }

    void aForeignSignerOfTheSameFormIsTaken()
    {
        QVERIFY(verify(signedBy(first.key, goodHeader, goodClaims)));
        // With one secret only there is no need to name it; times may have fractions.
        QVERIFY(verify(signedBy(first.key, R"({"alg":"HS256"})",
                                R"({"iss":"a","role":"r","exp":1800003600.75,"nbf":1.5e9})"),
                       {first}));
    }

    void theExampleOfRfc7515IsSignedAsThere()
    {
        // Appendix A.1: its signature is right (else "signature is wrong" came first), but what it
        // says has no role.
        const std::string token
            = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
              "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
              "Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        const QByteArray key = QByteArray::fromBase64(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            QByteArray::Base64UrlEncoding);
        const auto verdict = verify(token, {{"any", key.toStdString()}});
        QVERIFY(!verdict);
        QCOMPARE(verdict.error().message, std::string("it has no role"));
        auto wrong = key.toStdString();
        wrong[0] = '\0';
        QCOMPARE(verify(token, {{"any", wrong}}).error().message,
                 std::string("its signature is wrong"));
    }

    void whatIsNotRightIsRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QByteArray>("word");
        const auto header = [](const char *name, const char *text, const char *word) {
            QTest::newRow(name) << QByteArray(text) << goodClaims << QByteArray(word);
        };
        const auto claims = [](const char *name, const char *text, const char *word) {
            QTest::newRow(name) << goodHeader << QByteArray(text) << QByteArray(word);
        };
        header("none", R"({"alg":"none","kid":"first"})", "not HS256");
        header("None", R"({"alg":"None","kid":"first"})", "not HS256");
        header("no algorithm", R"({"kid":"first"})", "not HS256");
        header("HS512", R"({"alg":"HS512","kid":"first"})", "not HS256");
        header("RS256", R"({"alg":"RS256","kid":"first"})", "not HS256");
        header("several", R"({"alg":["HS256"],"kid":"first"})", "not HS256");
        header("algorithm twice", R"({"alg":"none","kid":"first","alg":"HS256"})", "comes twice");
        header("twice, once escaped", R"({"alg":"HS256","kid":"first","al\u0067":"none"})",
               "comes twice");
        header("no kid", R"({"alg":"HS256"})", "does not say which secret");
        header("unknown kid", R"({"alg":"HS256","kid":"third"})", "not known here");
        header("kid of another type", R"({"alg":"HS256","kid":0})", "not known here");
        header("kid of the other secret", R"({"alg":"HS256","kid":"second"})", "signature is wrong");
        header("crit", R"({"alg":"HS256","kid":"first","crit":["b64"],"b64":false})", "extension");
        header("no object", R"(["HS256"])", "no JSON object");
        header("no JSON", R"({"alg":"HS256",})", "no proper JSON");
        claims("expired", R"({"iss":"a","role":"r","exp":1799999940})", "expired");
        claims("never ends", R"({"iss":"a","role":"r"})", "no end");
        claims("ends never", R"({"iss":"a","role":"r","exp":1e300})", "exp is not a time");
        claims("ends in words", R"({"iss":"a","role":"r","exp":"1800003600"})", "exp is not a time");
        claims("ends before time", R"({"iss":"a","role":"r","exp":-1})", "exp is not a time");
        claims("ends twice", R"({"iss":"a","role":"r","exp":1,"exp":1800003600})", "comes twice");
        claims("not yet", R"({"iss":"a","role":"r","exp":1800003600,"nbf":1800000061})", "nbf");
        claims("from the future", R"({"iss":"a","role":"r","exp":1800003600,"iat":1800000061})",
               "iat");
        claims("nobody's", R"({"role":"r","exp":1800003600})", "no iss");
        claims("somebody of a kind", R"({"iss":7,"role":"r","exp":1800003600})", "no iss");
        claims("no role", R"({"iss":"a","exp":1800003600})", "no role");
    }
    void whatIsNotRightIsRefused()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, claims);
        QFETCH(QByteArray, word);
        // "none" may come with an empty signature; a right one does not help it either.
        const auto verdict = verify(signedBy(first.key, header, claims));
        QVERIFY(!verdict);
        QVERIFY(verdict.error().code == ErrorCode::Denied);
        const std::string words = describe(verdict.error());
        QVERIFY2(words.find(word.toStdString()) != words.npos, words.c_str());
        const std::string bare = base64Url(header) + "." + base64Url(claims) + ".";
        QVERIFY(!verify(bare));
    }

    void aLittleDifferenceOfClocksIsForgiven()
    {
        const auto with = [](const char *claims) {
            return verify(signedBy(first.key, goodHeader, claims)).has_value();
        };
        QVERIFY(with(R"({"iss":"a","role":"r","exp":1799999941})"));
        QVERIFY(with(R"({"iss":"a","role":"r","exp":1800003600,"nbf":1800000060})"));
        QVERIFY(with(R"({"iss":"a","role":"r","exp":1800003600,"iat":1800000060})"));
    }

    void everyChangedLetterBreaksIt()
    {
        const std::string good = signedBy(first.key, goodHeader, goodClaims);
        for (std::size_t at = 0; at < good.size(); ++at) {
            for (const char other : {'A', 'B', '.', '=', '\n', '+'}) {
                std::string bad = good;
                if (std::exchange(bad[at], other) != other)
                    QVERIFY2(!verify(bad), bad.c_str());
            }
            QVERIFY(!verify(good.substr(0, at)));
        }
        QVERIFY(!verify(good + "."));
        QVERIFY(!verify(good + "AA"));
        QVERIFY(!verify(std::string(longestToken + 1, 'a')));
        QVERIFY(!verify(good, {}));
        QVERIFY(!verify(good, {second}));
    }

    void whatATokenSaysIsReadWithoutItsSecret()
    {
        const TokenClaims claims{"pi-ber-1", "agent", 1'800'000'000, {}, 1'790'000'000};
        const auto read = claimsUnchecked(signToken(claims, {"one", std::string(32, 'k')}));
        QVERIFY2(read.has_value(), read ? "" : describe(read.error()).c_str());
        QCOMPARE(read->issuer, claims.issuer);
        QCOMPARE(read->role, claims.role);
        QCOMPARE(read->expires, claims.expires);
        for (const char *none : {"", "a.b", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJwaSJ9.c2VjcmV0"})
            QVERIFY2(!claimsUnchecked(none), none);
    }

    void bearerIsFoundInAnyCaseAndNothingElseIs()
    {
        QVERIFY(bearerToken("Bearer abc") == "abc");
        QVERIFY(bearerToken("bEARER  abc") == "abc");
        QVERIFY(!bearerToken("Basic abc"));
        QVERIFY(!bearerToken("Bearer"));
        QVERIFY(!bearerToken(""));
    }

    void secretsAreKeptFromOthersAndComeBack()
    {
        const QTemporaryDir directory;
        const auto file = pathIn(directory);
        const TokenSecret fresh = TokenSecrets::random(now);
        QCOMPARE(fresh.key.size(), std::size_t{32});
        QVERIFY(fresh.id.starts_with("2027-01-15-"));
        QVERIFY(TokenSecrets::random(now).key != fresh.key);
        QVERIFY(TokenSecrets::write(file, {fresh, first}));
        struct stat status = {};
        QCOMPARE(::stat(file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        const auto back = TokenSecrets::read(file);
        QVERIFY(back);
        QCOMPARE(back->size(), std::size_t{2});
        QCOMPARE(back->front().id, fresh.id);
        QVERIFY(back->front().key == fresh.key);
        QCOMPARE(::chmod(file.c_str(), 0640), 0);
        QVERIFY(TokenSecrets::read(file).error().code == ErrorCode::Denied);
    }

    void aBadSecretsFileIsRefusedByLineWithoutRepeatingIt()
    {
        const QTemporaryDir directory;
        const std::string key(43, 'A');
        const std::pair<std::string, std::string> cases[]{
            {"", "no secret in it"},
            {"# only words\n\n", "no secret in it"},
            {"a " + key + "\n\na " + key + "\n", ":3: this KID comes twice"},
            {"a short\n", ":1: its secret"},
            {"a " + key.substr(1) + "=\n", ":1: its secret"},
            {"a b " + key + "\n", ":1: is not KID SECRET"},
            {"a/b " + key + "\n", ":1: is not KID SECRET"},
        };
        for (const auto &[text, word] : cases) {
            QFile file(directory.filePath(QStringLiteral("secrets")));
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(QByteArray::fromStdString(text));
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            file.close();
            const auto read = TokenSecrets::read(pathIn(directory));
            QVERIFY(!read);
            const std::string words = describe(read.error());
            QVERIFY2(words.find(word) != words.npos, words.c_str());
            QVERIFY2(words.find("AAAA") == words.npos, words.c_str());
        }
    }

    void aRotationIsNoticedWithoutARestart()
    {
        const QTemporaryDir directory;
        const auto file = pathIn(directory);
        TokenSecrets secrets(file);
        QVERIFY(!secrets.current());
        QVERIFY(TokenSecrets::write(file, {first}));
        const std::string old = signToken({"pi-1", "agent", now.count() + 10}, first);
        QVERIFY(verifyToken(old, secrets.current().value(), now));
        QVERIFY(TokenSecrets::write(file, {second, first}));
        const std::string fresh = signToken({"pi-1", "agent", now.count() + 10}, second);
        QVERIFY(verifyToken(old, secrets.current().value(), now));
        QVERIFY(verifyToken(fresh, secrets.current().value(), now));
        QVERIFY(TokenSecrets::write(file, {second}));
        QVERIFY(!verifyToken(old, secrets.current().value(), now));
        QVERIFY(verifyToken(fresh, secrets.current().value(), now));
        QCOMPARE(::chmod(file.c_str(), 0644), 0);
        QVERIFY(!secrets.current());
    }
};

QTEST_GUILESS_MAIN(TestHttpToken)
#include "test_http_token.moc"
