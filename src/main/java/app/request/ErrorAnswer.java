package app.request;

import api.Problem;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what went wrong before any route, as a problem rather than a page. */
@RestController
class ErrorAnswer implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<String> answer(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = (code instanceof Integer known) ? HttpStatus.valueOf(known)
                : HttpStatus.INTERNAL_SERVER_ERROR;
        return ResponseEntity.status(status)
            .header("Content-Type", "application/problem+json")
            .body(Problem.json(status.value(), status.getReasonPhrase(), "the request could not be served"));
    }

}
