package adapters.aliyun;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import oci.Artifact;
import oci.model.CredentialSource;
import oci.model.Digest;
import oci.model.StopSignal;
import oci.remote.ErrorCodes;

/** What both editions of the registry offer, each by an API of its own. */
interface AcrApi {

    /**
     * The codes of both editions, and of Alibaba's gateway before them, which tells a
     * limit with status 400 and an unknown key with status 404.
     */
    ErrorCodes ERRORS = new ErrorCodes(
            List.of("NoPrivilege", "NoPermission", "Forbidden", "InvalidAccessKeyId", "SignatureDoesNotMatch",
                    "IncompleteSignature", "InvalidSecurityToken"),
            List.of("NAMESPACE_NOT_EXIST", "REPO_NOT_EXIST", "REPOSITORY_NOT_EXIST", "TAG_NOT_EXIST"),
            List.of("Throttling"), List.of("SystemError", "InternalError", "ServiceUnavailable"));

    /** The most items of a page. */
    int PAGE = 100;

    /** A login of one hour, or for as long as the key lives. */
    CredentialSource.Issued login();

    /** The repositories of some namespaces; of all where none is named. */
    Stream<String> repositories(List<String> namespaces);

    Stream<Artifact> artifacts(String repository, StopSignal stop);

    /**
     * Makes a repository, and its namespace.
     * @param type {@code PUBLIC} or {@code PRIVATE}
     */
    void create(String repository, String type, StopSignal stop);

    /**
     * Deletes a tag.
     * @return why it is left; empty where it is gone
     */
    Optional<String> delete(String repository, String tag, Digest digest, StopSignal stop);

    /** The parameters of a page. */
    static Map<String, Object> page(String number, int page, Map<String, Object> others) {
        return Stream.of(others, Map.<String, Object>of(number, page, "PageSize", PAGE))
            .flatMap((each) -> each.entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

}
