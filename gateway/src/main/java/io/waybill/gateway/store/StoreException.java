package io.waybill.gateway.store;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/// The database failed.
public abstract sealed class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /// The database cannot be reached, or gave up the work: nothing is half done, and the same again may succeed.
    public static final class Unavailable extends StoreException {
        private static final long serialVersionUID = 1L;

        private Unavailable(SQLException cause) {
            super(cause);
        }
    }

    /// The database refused a statement: a bug here.
    public static final class Refused extends StoreException {
        private static final long serialVersionUID = 1L;

        private Refused(SQLException cause) {
            super(cause);
        }
    }

    /// SQL states 08 connection, 40 rollback, 53 resources, 57 operator intervention, 58 system.
    static StoreException of(SQLException cause) {
        var state = cause.getSQLState();
        boolean passing = cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || (state != null && state.matches("(08|40|53|57|58).*"));
        return passing ? new Unavailable(cause) : new Refused(cause);
    }
}
