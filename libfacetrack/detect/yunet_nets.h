#pragma once
#include "libfacetrack/base/result.h"

#include <cstdint>
#include <list>
#include <opencv2/dnn.hpp>
#include <string>
#include <vector>

namespace facetrack {

/// One YuNet model, ready for a few sizes of input: a network that changes its size sets all its
/// layers up again, which costs as much as a look. Thread-bound.
class YuNetNets
{
public:
    /// Reads the model. NotFound names the folders searched, Corrupt the file that is no YuNet.
    static Result<YuNetNets> load(const std::string &model);

    /// Outputs cls, obj and box, each at strides 8, 16 and 32, for a blob of 1 × 3 × rows × columns.
    /// Throws cv::Exception.
    const std::vector<cv::Mat> &run(const cv::Mat &blob);

private:
    struct Net
    {
        cv::Size size;
        cv::dnn::Net net;
    };

    explicit YuNetNets(std::vector<unsigned char> model) : m_model(std::move(model)) {}
    cv::dnn::Net make() const;
    cv::dnn::Net &netFor(const cv::Size &size);

    std::vector<unsigned char> m_model;
    std::list<Net> m_nets; // the one used last comes first
    std::vector<cv::Mat> m_outputs;
};

} // namespace facetrack
